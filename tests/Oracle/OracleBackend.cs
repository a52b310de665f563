using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

/// <summary>The op set in double precision, one loop nest an operation, written to be read: what every backend is held to.</summary>
public sealed class OracleBackend : IBackend
{
    public string Id => "oracle";

    public string Name => "double precision, for tests";

    public ICompute Open(int floats) => throw new NotImplementedException();

    public void Dispose()
    {
    }
}
