using System.Runtime.InteropServices;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace FunctionalStack.Gpu;

/// <summary>A CUDA event. ILGPU lacks the call by which a stream waits for it, so that one goes to the driver directly.</summary>
internal sealed unsafe class CudaFence : IFence
{
    private static readonly Lazy<nint> streamWaitEvent =
        new(static () => NativeLibrary.GetExport(NativeLibrary.Load(DriverLibrary.Of(Devices.Cuda).Name), "cuStreamWaitEvent"));

    private readonly CudaAccelerator accelerator;
    private readonly nint handle;

    public CudaFence(CudaAccelerator accelerator)
    {
        this.accelerator = accelerator;
        accelerator.Bind();
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.CreateEvent(out handle, CudaEventFlags.CU_EVENT_DISABLE_TIMING));
    }

    public void Set(AcceleratorStream stream)
    {
        accelerator.Bind();
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.RecordEvent(handle, HandleOf(stream)));
    }

    public void Before(AcceleratorStream stream)
    {
        accelerator.Bind();
        CudaException.ThrowIfFailed((CudaError)((delegate* unmanaged<nint, nint, uint, int>)streamWaitEvent.Value)(HandleOf(stream), handle,
            0));
    }

    public void Wait()
    {
        accelerator.Bind();
        CudaException.ThrowIfFailed(CudaAPI.CurrentAPI.SynchronizeEvent(handle));
    }

    // A lost device no longer has the event.
    public void Dispose() => _ = CudaAPI.CurrentAPI.DestroyEvent(handle);

    private static nint HandleOf(AcceleratorStream stream) => ((CudaStream)stream).StreamPtr;
}
