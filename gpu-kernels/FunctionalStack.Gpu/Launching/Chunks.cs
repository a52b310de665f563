namespace FunctionalStack.Gpu.Launching;

/// <summary>ILGPU's CPU accelerator: one operating system thread per thread of a group.</summary>
internal sealed class Chunks : IThreading
{
    // The minimum number of chunks of items: enough to balance the load, few enough to keep the overhead of groups low.
    private const int AProcessor = 4;

    public bool IsLockstep => false;

    public int GroupSize => 1;

    public int PixelsAnItem => 16;

    // Kernels are compiled by .NET, which spills this many separate values to the stack.
    public bool KeepsSixteen => false;

    public void Each<T>(Launcher launcher, T body, int items) where T : struct, IEach
    {
        var chunks = launcher.Accelerator.NumMultiprocessors * AProcessor;
        launcher.ThreadPerChunk(body, items, Math.Max(1, (items + chunks - 1) / chunks));
    }
}
