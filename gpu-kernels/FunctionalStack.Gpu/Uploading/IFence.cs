using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace FunctionalStack.Gpu;

/// <summary>A position in a stream's queue that other streams can wait for. Before it is first set there is nothing to wait for.</summary>
internal interface IFence : IDisposable
{
    /// <summary>Sets it after everything that <paramref name="stream"/> has queued so far.</summary>
    void Set(AcceleratorStream stream);

    /// <summary>Operations queued on <paramref name="stream"/> from now on wait for it; the host does not.</summary>
    void Before(AcceleratorStream stream);

    /// <summary>Blocks the host until it is reached.</summary>
    void Wait();
}

/// <summary>Creates the fences of an accelerator.</summary>
internal static class Fence
{
    public static IFence Of(Accelerator accelerator) => accelerator is CudaAccelerator cuda ? new CudaFence(cuda) : new WaitingFence();

    /// <summary>For streams without events: setting it waits for the stream.</summary>
    private sealed class WaitingFence : IFence
    {
        public void Set(AcceleratorStream stream) => stream.Synchronize();

        public void Before(AcceleratorStream stream)
        {
        }

        public void Wait()
        {
        }

        public void Dispose()
        {
        }
    }
}
