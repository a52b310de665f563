using FunctionalStack.Neural;

namespace FunctionalStack.Backend.Tests;

/// <summary>
/// A device opened once for all tests, since compiling its kernels takes longer than running them. A test that opens it has it
/// until it disposes it, any number of times on one thread; tests on other threads wait.
/// </summary>
internal sealed class SharedBackend(Func<IBackend> open)
{
    private readonly Lazy<IBackend> opened = new(open);
    private readonly Lock gate = new();

    public Loan Open()
    {
        gate.Enter();
        return new Loan(opened.Value, gate);
    }

    internal sealed class Loan(IBackend backend, Lock gate) : IBackend
    {
        public IBackend Backend => backend;

        public string Id => backend.Id;

        public string Name => backend.Name;

        public ICompute Open(int floats) => backend.Open(floats);

        public void Dispose() => gate.Exit();
    }
}
