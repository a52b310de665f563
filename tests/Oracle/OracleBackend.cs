using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

/// <summary>The op set in double precision, one loop nest an operation, written to be read: what every backend is held to.</summary>
public sealed class OracleBackend : IBackend
{
    public string Id => "oracle";

    public string Name => "double precision, for tests";

    /// <inheritdoc cref="IBackend.Open"/>
    public OracleCompute Open(int floats) => new(floats);

    ICompute IBackend.Open(int floats) => Open(floats);

    public void Dispose()
    {
    }
}
