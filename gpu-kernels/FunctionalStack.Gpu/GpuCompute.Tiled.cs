using FunctionalStack.Gpu.Kernels;
using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Reading;
using FunctionalStack.Gpu.Registers;
using FunctionalStack.Gpu.Tiles;
using FunctionalStack.Neural;
using ILGPU;

namespace FunctionalStack.Gpu;

// Convolutions and dense layers on devices that run in lockstep: operands are read through their normalization on their way
// to shared memory, so that nothing but a pooled gradient is ever written for them.
internal sealed partial class GpuCompute
{
    // Tiles that keep a large device busy. A constant, so that one device's sums are cut as another's.
    private const int BusyTiles = 256;

    // Octets of the depth that a part has at least, and eights of pixels.
    private const int LeastDepth = 8;

    /// <summary>Octets of few channels are mostly empty: those go the way without shared memory.</summary>
    private bool IsTiled(Convolution window) => launcher.Manner == Manner.Lockstep && window.Input.Channels >= F8.Count;

    private void TiledConvolve(int batch, Convolution window, Source x, Slice kernel, Slice? bias, ArrayView<float> z)
    {
        var (input, output) = (window.Input, window.Output);
        Products(
            new WindowReader<SourceReader>(Reader(As(x, input)), input.Height, input.Width, output.Height, output.Width, window.Kernel, window.Stride, window.Top, window.Left, 1),
            batch * output.Pixels, At(kernel), output.Channels, 0, bias, z);
    }

    private void TiledBackward(int batch, Convolution window, Source x, Slice kernel, Gradient dz, Slice kernelGradient, Slice? biasGradient, InputGradient? dx)
    {
        var (input, output) = (window.Input, window.Output);
        var gradient = Unpooled(batch, dz with { Of = As(dz.Of, output) });
        var windows = new WindowReader<SourceReader>(
            Reader(As(x, input)), input.Height, input.Width, output.Height, output.Width, window.Kernel, window.Stride, window.Top, window.Left, 1);
        KernelProducts(windows, gradient, batch * output.Pixels, At(kernelGradient));
        if (biasGradient is { } bias) SumRows(gradient, output.Channels, batch * output.Pixels, At(bias));
        if (dx is not { } wanted) return;
        Products(
            new WindowReader<GradientReader>(
                gradient, output.Height, output.Width, input.Height, input.Width, window.Kernel, 1, window.Kernel - 1 - window.Top, window.Kernel - 1 - window.Left, window.Stride),
            batch * input.Pixels, At(kernel), input.Channels, 1, null, At(wanted.Data));
        if (wanted.Sums is { } sums) SumsOf(batch, new(wanted.Data, x), sums);
    }

    private static Source As(Source x, Shape shape) => x.Shape == shape ? x : x with { Shape = shape };

    private void Products<TReader>(WindowReader<TReader> x, int pixels, ArrayView<float> kernel, int filters, int turned, Slice? bias, ArrayView<float> z)
        where TReader : struct, IPixelReader
    {
        if (filters <= Narrow.Columns) Run<Narrow>();
        else if (filters <= Middle.Columns) Run<Middle>();
        else Run<Wide>();

        void Run<TShape>() where TShape : struct, ITileShape
        {
            var tiles = TiledConvolve<TShape, TReader>.Tiles(pixels, filters);
            var parts = bias is null ? PartsOf(tiles, x.Depth) : 1;
            var to = parts == 1 ? z : scratch.Take((long)parts * pixels * filters);
            launcher.Tile(new TiledConvolve<TShape, TReader>(x, pixels, kernel, filters, turned, At(bias), bias is null ? 0 : 1, parts, to), checked(tiles * parts));
            if (parts > 1) launcher.Each(new SumParts(to, parts, pixels * filters, z), Octets(pixels * filters));
        }
    }

    private void KernelProducts(WindowReader<SourceReader> x, GradientReader dz, int pixels, ArrayView<float> to)
    {
        if (dz.Channels <= Narrow.Columns) Run<Narrow>();
        else if (dz.Channels <= Middle.Columns) Run<Middle>();
        else Run<Wide>();

        void Run<TShape>() where TShape : struct, ITileShape
        {
            var tiles = TiledKernelGradient<TShape, SourceReader, GradientReader>.Tiles(x.Depth, dz.Channels);
            var (parts, size) = (PartsOf(tiles, (pixels + 7) / 8), x.Taps * x.Channels * dz.Channels);
            var parted = parts == 1 ? to : scratch.Take((long)parts * size);
            launcher.Tile(new TiledKernelGradient<TShape, SourceReader, GradientReader>(x, dz, pixels, parts, parted), checked(tiles * parts));
            if (parts > 1) launcher.Each(new SumParts(parted, parts, size, to), Octets(size));
        }
    }

    private static int PartsOf(int tiles, int depth) => Math.Clamp(BusyTiles / tiles, 1, Math.Max(1, depth / LeastDepth));

    /// <summary>The gradient, its windows undone in scratch memory where there are any: they would be undone again for each place of a kernel.</summary>
    private GradientReader Unpooled(int batch, Gradient dz)
    {
        var (shape, reader) = (dz.Of.Shape, new GradientReader(batch, dz, arena));
        if (reader.Windows.IsNone) return reader;
        var to = scratch.Take((long)batch * shape.Size);
        Lay(batch, reader, shape.Height, shape.Width, 1, 0, 0, shape.Channels, to);
        return new(to, shape);
    }
}
