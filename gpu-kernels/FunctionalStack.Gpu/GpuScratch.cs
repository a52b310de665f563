using FunctionalStack.Gpu.Launching;
using ILGPU;

namespace FunctionalStack.Gpu;

/// <summary>
/// Device memory for what an operation needs on its way. Given out anew to each operation, in the same order each time, so
/// that nothing is allocated once an operation has run at its sizes; kernels run one after the other, so what the
/// operation before left there is no longer wanted.
/// </summary>
internal sealed class GpuScratch(Launcher launcher) : IDisposable
{
    private const int LeastBlock = 1 << 16;

    private readonly List<GpuMemory> blocks = [];
    private int block, used;

    /// <summary>Takes back all that was given out.</summary>
    public void Reset() => (block, used) = (0, 0);

    /// <summary>Room for so many numbers, 256-byte aligned, its content undefined.</summary>
    public ArrayView<float> Take(long floats)
    {
        var size = Neural.Slice.Aligned(checked((int)floats));
        while (block < blocks.Count && blocks[block].Length - used < size) (block, used) = (block + 1, 0);
        if (block == blocks.Count) blocks.Add(launcher.Allocate(Math.Max(size, LeastBlock)));
        var given = blocks[block].At(used, (int)floats);
        used += size;
        return given;
    }

    public void Dispose()
    {
        foreach (var memory in blocks) memory.Dispose();
    }
}
