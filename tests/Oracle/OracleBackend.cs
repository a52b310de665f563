using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

/// <summary>The op set in double precision, one loop nest an operation, written to be read: what every backend is held to.</summary>
public sealed class OracleBackend : IBackend
{
    public string Id => "oracle";

    public string Name => "double precision, for tests";

    /// <summary>What was opened last: for tests that look into a session's arena.</summary>
    public OracleCompute? Last { get; private set; }

    /// <inheritdoc cref="IBackend.Open"/>
    public OracleCompute Open(int floats) => Last = new(floats);

    ICompute IBackend.Open(int floats) => Open(floats);

    public void Dispose()
    {
    }
}
