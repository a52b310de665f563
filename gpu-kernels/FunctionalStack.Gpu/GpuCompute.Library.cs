using FunctionalStack.Gpu.Reading;
using FunctionalStack.Neural;
using ILGPU;

namespace FunctionalStack.Gpu;

// Products of matrices that are stored as they are, with a vendor's library if the device was opened with one. A dense layer and
// a 1 x 1 convolution are such products, unless the input has a normalization or a bias is added.
internal sealed partial class GpuCompute
{
    private static bool IsProduct(Convolution window) => window is { Kernel: 1, Stride: 1, Top: 0, Left: 0 };

    // Row-major matrices here are column-major transposed ones in BLAS: z transposed is the kernel transposed times x transposed.
    private bool ByLibrary(int batch, Convolution window, Source x, Slice kernel, Slice? bias, Slice z)
    {
        if (library is null || bias is not null || !x.IsPlain || !IsProduct(window)) return false;
        var (channels, filters) = (window.Input.Channels, window.Output.Channels);
        Multiply(new(false, false, filters, batch * window.Output.Pixels, channels, At(kernel), At(x.Data), At(z)));
        return true;
    }

    private bool BackwardByLibrary(int batch, Convolution window, Source x, Slice kernel, Gradient dz, Slice kernelGradient,
        Slice? biasGradient, InputGradient? dx)
    {
        if (library is null || !x.IsPlain || !dz.Of.IsPlain || dz.Pooling is not null || !IsProduct(window)) return false;
        var (channels, filters, pixels, upstream) =
            (window.Input.Channels, window.Output.Channels, batch * window.Output.Pixels, At(dz.Upstream));
        Multiply(new(false, true, filters, channels, pixels, upstream, At(x.Data), At(kernelGradient)));
        if (biasGradient is { } bias) SumRows(new SourceReader(upstream, filters), filters, pixels, At(bias));
        if (dx is not { } wanted) return true;
        Multiply(new(true, false, channels, pixels, filters, At(kernel), upstream, At(wanted.Data)));
        if (wanted.Sums is { } sums) SumsOf(batch, new(wanted.Data, x), sums);
        return true;
    }

    private void Multiply(MatrixProduct product) => launcher.Library((library!, product), static work => work.Item1.Multiply(work.product));
}
