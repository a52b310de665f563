using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

/// <summary>The operations in double precision, one loop nest per operation, written for readability: the reference for every
/// backend.</summary>
public sealed class OracleBackend : IBackend
{
    public string Id => "oracle";

    public string Name => "double precision, for tests";

    /// <summary>The arena opened last, for tests that inspect a session's arena.</summary>
    public OracleCompute? Last { get; private set; }

    /// <inheritdoc cref="IBackend.Open"/>
    public OracleCompute Open(int floats) => Last = new(floats);

    ICompute IBackend.Open(int floats) => Open(floats);

    public void Dispose()
    {
    }
}
