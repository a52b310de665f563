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

    private bool InLockstep => launcher.Manner == Manner.Lockstep;

    private void TiledConvolve(int batch, Convolution window, Source x, Slice kernel, Slice? bias, Slice z, BatchMoments? moments)
    {
        var pixels = batch * window.Output.Pixels;
        if (IsDense(window)) Products(Dense(window, x), pixels, At(kernel), window.Output.Channels, 0, bias, z, moments);
        else Products(Windows(window, x), pixels, At(kernel), window.Output.Channels, 0, bias, z, moments);
    }

    private void TiledBackward(int batch, Convolution window, Source x, Slice kernel, Gradient dz, Slice kernelGradient, Slice? biasGradient, InputGradient? dx)
    {
        var (input, output) = (window.Input, window.Output);
        var gradient = Unpooled(batch, dz with { Of = As(dz.Of, output) });
        var pixels = batch * output.Pixels;
        if (IsDense(window)) KernelProducts(Dense(window, x), gradient, pixels, At(kernelGradient), biasGradient);
        else KernelProducts(Windows(window, x), gradient, pixels, At(kernelGradient), biasGradient);
        if (dx is not { } wanted) return;
        Products(
            new WindowReader<GradientReader>(
                gradient, output.Height, output.Width, input.Height, input.Width, window.Kernel, 1, window.Kernel - 1 - window.Top, window.Kernel - 1 - window.Left, window.Stride),
            batch * input.Pixels, At(kernel), input.Channels, 1, null, wanted.Data, null);
        if (wanted.Sums is { } sums) SumsOf(batch, new(wanted.Data, x), sums);
    }

    /// <summary>Octets of few channels would be mostly empty.</summary>
    private static bool IsDense(Convolution window) => window.Input.Channels < F8.Count;

    private WindowReader<SourceReader> Windows(Convolution window, Source x) => new(
        Reader(As(x, window.Input)), window.Input.Height, window.Input.Width, window.Output.Height, window.Output.Width, window.Kernel, window.Stride, window.Top, window.Left, 1);

    private DenseWindows Dense(Convolution window, Source x) => new(
        Reader(As(x, window.Input)), window.Input.Height, window.Input.Width, window.Output.Height, window.Output.Width, window.Kernel, window.Stride, window.Top, window.Left);

    private static Source As(Source x, Shape shape) => x.Shape == shape ? x : x with { Shape = shape };

    private void Products<TWindows>(TWindows x, int pixels, ArrayView<float> kernel, int filters, int turned, Slice? bias, Slice z, BatchMoments? moments)
        where TWindows : struct, IWindows
    {
        if (filters <= Narrow.Columns) Run<Narrow>();
        else if (filters <= Middle.Columns) Run<Middle>();
        else Run<Wide>();

        void Run<TShape>() where TShape : struct, ITileShape
        {
            var tiles = TiledConvolve<TShape, TWindows>.Tiles(pixels, filters);
            var parts = bias is null ? PartsOf(tiles, x.Depth) : 1;
            var to = parts == 1 ? At(z) : scratch.Take((long)parts * pixels * filters);
            var blocks = (pixels + Accumulators.Rows - 1) / Accumulators.Rows;
            var fused = moments is not null && parts == 1;
            var partials = fused ? scratch.Take(2L * blocks * filters) : to;
            launcher.Tile(
                new TiledConvolve<TShape, TWindows>(x, pixels, kernel, filters, turned, At(bias), bias is null ? 0 : 1, parts, to, partials, fused ? 1 : 0), checked(tiles * parts));
            if (fused)
            {
                MergeMoments(partials, pixels, filters, Accumulators.Rows, 1, z, moments!.Value);
                return;
            }

            if (parts > 1 && moments is { } few && pixels <= FewRows)
            {
                MergeMoments(to, pixels, filters, 1, parts, z, few);
                return;
            }

            if (parts > 1) launcher.Each(new SumParts(to, parts, pixels * filters, At(z)), Octets(pixels * filters));
            if (moments is { } wanted) MomentsOf(pixels, z, filters, wanted);
        }
    }

    private void KernelProducts<TWindows>(TWindows x, GradientReader dz, int pixels, ArrayView<float> to, Slice? bias) where TWindows : struct, IWindows
    {
        if (dz.Channels <= Narrow.Columns) Run<Narrow>();
        else if (dz.Channels <= Middle.Columns) Run<Middle>();
        else Run<Wide>();

        void Run<TShape>() where TShape : struct, ITileShape
        {
            var tiles = TiledKernelGradient<TShape, TWindows, GradientReader>.Tiles(x.Depth, dz.Channels);
            var (parts, size) = (PartsOf(tiles, (pixels + 7) / 8), x.KernelRows * dz.Channels);
            var (parted, fused) = (parts == 1 ? to : scratch.Take((long)parts * size), bias is not null && parts == 1);
            launcher.Tile(new TiledKernelGradient<TShape, TWindows, GradientReader>(x, dz, pixels, parts, parted, At(bias), fused ? 1 : 0), checked(tiles * parts));
            if (parts > 1) launcher.Each(new SumParts(parted, parts, size, to), Octets(size));
            if (bias is { } wanted && !fused) SumRows(dz, dz.Channels, pixels, At(wanted));
        }
    }

    private static int PartsOf(int tiles, int depth) => tiles * 8 > BusyTiles ? 1 : Math.Clamp(BusyTiles / tiles, 1, Math.Max(1, depth / LeastDepth));

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
