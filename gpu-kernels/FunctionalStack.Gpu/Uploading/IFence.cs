using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace FunctionalStack.Gpu;

/// <summary>A place in a stream's queue that others can wait for. Before it is first set there is nothing to wait for.</summary>
internal interface IFence : IDisposable
{
    /// <summary>Puts it behind what <paramref name="stream"/> has queued so far.</summary>
    void Set(AcceleratorStream stream);

    /// <summary>What <paramref name="stream"/> is given from now on waits for it; the host does not.</summary>
    void Before(AcceleratorStream stream);

    /// <summary>The host waits for it.</summary>
    void Wait();
}

/// <summary>Fences of an accelerator.</summary>
internal static class Fence
{
    public static IFence Of(Accelerator accelerator) => accelerator is CudaAccelerator cuda ? new CudaFence(cuda) : new WaitingFence();

    /// <summary>Where streams know no events: it is reached when it is set.</summary>
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
