using FunctionalStack.Gpu.Launching;
using FunctionalStack.Neural;
using ILGPU;
using ILGPU.Runtime;

namespace FunctionalStack.Gpu;

/// <summary>
/// Asynchronous uploads: from page-locked memory, on a separate stream, to a staging buffer on the device, and from there to the
/// arena in order with the operations. Neither the host nor the device waits for the bus: the host is a few writes ahead, and the
/// input of a step is on the device before the previous step is done. Staging buffers are used in turn.
/// </summary>
internal sealed class Uploads(Launcher launcher) : IDisposable
{
    // The number of staging buffers: how many writes ahead the host may be. A step has two.
    private const int Places = 6;

    private const int LeastPlace = 1 << 14;

    private Ring? ring;
    private int next;

    public void Send(ReadOnlySpan<float> from, ArrayView<float> to)
    {
        to = to.SubView(0, from.Length);
        // OpenCL has no page-locked memory in ILGPU, which rejects a copy from such a view: it copies synchronously.
        if (launcher.Accelerator.AcceleratorType == AcceleratorType.OpenCL)
        {
            to.CopyFromCPU(launcher.Stream, from);
            return;
        }

        if (ring is null || from.Length > ring.Size)
        {
            Dispose();
            ring = new(launcher, Math.Max(LeastPlace, Slice.Aligned(from.Length)));
        }

        ring.Send(next, from, to);
        next = (next + 1) % Places;
    }

    public void Dispose()
    {
        if (ring is null) return;
        launcher.Stream.Synchronize();
        ring.Dispose();
        ring = null;
    }

    private sealed class Ring : IDisposable
    {
        private readonly AcceleratorStream kernels, uploads;
        private readonly PageLockedArray1D<float> host;
        private readonly GpuMemory device;
        private readonly IFence[] arrived, taken;

        public Ring(Launcher launcher, int size)
        {
            (Size, kernels, uploads) = (size, launcher.Stream, launcher.Accelerator.CreateStream());
            (arrived, taken) = (Fences(), Fences());
            host = launcher.AllocatePageLocked((long)Places * size);
            device = launcher.Allocate(checked(Places * size));

            IFence[] Fences() => [.. Enumerable.Range(0, Places).Select(_ => Fence.Of(launcher.Accelerator))];
        }

        public int Size { get; }

        public void Send(int place, ReadOnlySpan<float> from, ArrayView<float> to)
        {
            var at = place * Size;
            // The host's buffer is free when its data has arrived, the device's buffer when it has been copied to the arena.
            arrived[place].Wait();
            from.CopyTo(host.Span[at..]);
            taken[place].Before(uploads);
            device.At(at, from.Length).CopyFrom(uploads, host.ArrayView.SubView(at, from.Length));
            arrived[place].Set(uploads);
            arrived[place].Before(kernels);
            to.CopyFrom(kernels, device.At(at, from.Length));
            taken[place].Set(kernels);
        }

        public void Dispose()
        {
            uploads.Synchronize();
            foreach (var fence in arrived.Concat(taken)) fence.Dispose();
            device.Dispose();
            host.Dispose();
            uploads.Dispose();
        }
    }
}
