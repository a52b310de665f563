using FunctionalStack.Gpu.Launching;
using FunctionalStack.Neural;
using ILGPU;
using ILGPU.Runtime;

namespace FunctionalStack.Gpu;

/// <summary>
/// Numbers on their way to a device through page-locked memory: copied there before a call returns, and to the device when
/// the operations queued before have run, without the host waiting for it. So the host gathers the next batches while the
/// device works. Room is given out end to end and is free again once the device has been waited for.
/// </summary>
internal sealed class Uploads(Launcher launcher) : IDisposable
{
    // Of the largest write: how many batches ahead the host may be.
    private const int Ahead = 8;

    private PageLockedArray1D<float>? memory;
    private int used;

    /// <summary>Everything queued has been done.</summary>
    public void Reset() => used = 0;

    public void Send(ReadOnlySpan<float> from, ArrayView<float> to)
    {
        // OpenCL has no page-locked memory of its own, and ILGPU's copy from such a view is refused there: it waits.
        if (launcher.Accelerator.AcceleratorType == AcceleratorType.OpenCL)
        {
            to.SubView(0, from.Length).CopyFromCPU(launcher.Stream, from);
            return;
        }

        var size = Slice.Aligned(from.Length);
        if (memory is null || used + size > memory.Length)
        {
            launcher.Stream.Synchronize();
            used = 0;
            if (memory is null || Ahead * (long)size > memory.Length)
            {
                memory?.Dispose();
                memory = launcher.AllocatePageLocked(Math.Max(1 << 14, Ahead * (long)size));
            }
        }

        from.CopyTo(memory.Span[used..]);
        to.SubView(0, from.Length).CopyFrom(launcher.Stream, memory.ArrayView.SubView(used, from.Length));
        used += size;
    }

    public void Dispose() => memory?.Dispose();
}
