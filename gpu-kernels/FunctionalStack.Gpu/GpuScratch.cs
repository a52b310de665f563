using FunctionalStack.Gpu.Launching;
using ILGPU;

namespace FunctionalStack.Gpu;

/// <summary>
/// Scratch memory on the device. Each operation gets it anew, in the same order each time, so nothing is allocated once an
/// operation has run at its sizes. Kernels run in order, so the previous operation's scratch memory can be reused.
/// </summary>
internal sealed class GpuScratch(Launcher launcher) : IDisposable
{
    private const int LeastBlock = 1 << 16;

    private readonly List<GpuMemory> blocks = [];
    private int block, used;

    /// <summary>Releases everything for reuse.</summary>
    public void Reset() => (block, used) = (0, 0);

    /// <summary>A view of this number of elements, aligned to 256 bytes, with undefined content.</summary>
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
