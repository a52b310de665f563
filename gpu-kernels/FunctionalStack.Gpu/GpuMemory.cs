using FunctionalStack.Neural;
using ILGPU;
using ILGPU.Runtime;

namespace FunctionalStack.Gpu;

/// <summary>Device memory of float32 values, aligned to 256 bytes, with room for one vector past the end.</summary>
internal sealed class GpuMemory(Accelerator accelerator, int floats) : IDisposable
{
    private readonly MemoryBuffer1D<float, Stride1D.Dense> buffer = accelerator.Allocate1D<float>((long)floats + Slice.Alignment);

    public int Length => floats;

    public ArrayView<float> All => buffer.View.BaseView;

    public ArrayView<float> At(Slice slice) => At(slice.Offset, slice.Length);

    public ArrayView<float> At(int offset, int length) => All.SubView(offset, length);

    public void Dispose() => buffer.Dispose();
}
