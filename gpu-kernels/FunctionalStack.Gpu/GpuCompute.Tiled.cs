using FunctionalStack.Gpu.Kernels;
using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Reading;
using FunctionalStack.Gpu.Registers;
using FunctionalStack.Gpu.Tiles;
using FunctionalStack.Neural;
using ILGPU;
using ILGPU.Runtime;

namespace FunctionalStack.Gpu;

// Convolutions and dense layers on devices that run in lockstep. Operands are normalized on their way to shared memory, so
// nothing except a pooled gradient is stored for them.
internal sealed partial class GpuCompute
{
    // The number of tiles that occupies a large device. It is constant, so that all devices split sums in the same way.
    private const int BusyTiles = 256;

    // The minimum number of channel octets, and of groups of eight pixels, per part of the depth.
    private const int LeastDepth = 8;

    private bool InLockstep => launcher.Threading.IsLockstep;

    private void TiledConvolve(int batch, Convolution window, Source x, Slice kernel, Slice? bias, Slice z, BatchMoments? moments)
    {
        var pixels = batch * window.Output.Pixels;
        if (IsDense(window)) Products(Dense(window, x), pixels, At(kernel), window.Output.Channels, 0, bias, z, moments);
        else Products(Windows(window, x), pixels, At(kernel), window.Output.Channels, 0, bias, z, moments);
    }

    private void TiledBackward(int batch, Convolution window, Source x, Slice kernel, Gradient dz, Slice kernelGradient,
        Slice? biasGradient, InputGradient? dx)
    {
        var (input, output) = (window.Input, window.Output);
        var gradient = Unpooled(batch, dz with { Of = As(dz.Of, output) });
        var pixels = batch * output.Pixels;
        if (IsDense(window)) KernelProducts(Dense(window, x), gradient, pixels, At(kernelGradient), biasGradient);
        else KernelProducts(Windows(window, x), gradient, pixels, At(kernelGradient), biasGradient);
        if (dx is not { } wanted) return;
        Products(
            new WindowReader<GradientReader>(
                gradient, output.Height, output.Width, input.Height, input.Width, window.Kernel, 1, window.Kernel - 1 - window.Top,
                window.Kernel - 1 - window.Left, window.Stride),
            batch * input.Pixels, At(kernel), input.Channels, 1, null, wanted.Data, null);
        if (wanted.Sums is { } sums) SumsOf(batch, new(wanted.Data, x), sums);
    }

    /// <summary>With few channels, octets would be mostly padding.</summary>
    private static bool IsDense(Convolution window) => window.Input.Channels < F8.Count;

    private WindowReader<SourceReader> Windows(Convolution window, Source x) => new(
        Reader(As(x, window.Input)), window.Input.Height, window.Input.Width, window.Output.Height, window.Output.Width, window.Kernel,
            window.Stride, window.Top, window.Left, 1);

    private DenseWindows Dense(Convolution window, Source x) => new(
        Reader(As(x, window.Input)), window.Input.Height, window.Input.Width, window.Output.Height, window.Output.Width, window.Kernel,
            window.Stride, window.Top, window.Left);

    private static Source As(Source x, Shape shape) => x.Shape == shape ? x : x with { Shape = shape };

    private void Products<TWindows>(TWindows x, int pixels, ArrayView<float> kernel, int filters, int transposed, Slice? bias, Slice z,
        BatchMoments? moments)
        where TWindows : struct, IWindows =>
            InTiles(filters, new ProductsWork<TWindows>(this, x, pixels, kernel, filters, transposed, bias, z, moments));

    private void KernelProducts<TWindows>(TWindows x, GradientReader dz, int pixels, ArrayView<float> to, Slice? bias)
        where TWindows : struct, IWindows =>
        InTiles(dz.Channels, new KernelProductsWork<TWindows>(this, x, dz, pixels, to, bias));

    /// <summary>Work on tiles, generic in their shape and products.</summary>
    private interface ITileWork
    {
        void Run<TShape, TProducts>() where TShape : struct, ITileShape where TProducts : struct, IProducts;
    }

    // Selects the tile width by the number of columns, and the products by the precision of the device.
    private void InTiles<TWork>(int columns, TWork work) where TWork : struct, ITileWork
    {
        if (precision == Precision.Fp32) Run<Fp32Products>();
        else if (launcher.Accelerator.AcceleratorType == AcceleratorType.Cuda) Run<Tf32Products<TensorCore>>();
        else Run<EmulatedTf32Products>();

        void Run<TProducts>() where TProducts : struct, IProducts
        {
            if (columns <= Narrow.Columns) work.Run<Narrow, TProducts>();
            else if (columns <= Middle.Columns) work.Run<Middle, TProducts>();
            else work.Run<Wide, TProducts>();
        }
    }

    private readonly record struct ProductsWork<TWindows>(
        GpuCompute Owner, TWindows X, int Pixels, ArrayView<float> Kernel, int Filters, int Transposed, Slice? Bias, Slice Z,
            BatchMoments? Moments) : ITileWork
        where TWindows : struct, IWindows
    {
        public void Run<TShape, TProducts>() where TShape : struct, ITileShape where TProducts : struct, IProducts
        {
            var (scratch, launcher) = (Owner.scratch, Owner.launcher);
            var tiles = TiledConvolve<TShape, TProducts, WithoutMoments, TWindows>.Tiles(Pixels, Filters);
            var parts = Bias is null ? PartsOf(tiles, X.Depth) : 1;
            var to = parts == 1 ? Owner.At(Z) : scratch.Take((long)parts * Pixels * Filters);
            var blocks = (Pixels + Accumulators.Rows - 1) / Accumulators.Rows;
            var fused = Moments is not null && parts == 1;
            var partials = fused ? scratch.Take(2L * blocks * Filters) : to;
            if (fused) Launch<TShape, TProducts, WithMoments>(checked(tiles * parts), parts, to, partials);
            else Launch<TShape, TProducts, WithoutMoments>(checked(tiles * parts), parts, to, partials);
            if (fused)
            {
                Owner.MergeMoments(partials, Pixels, Filters, Accumulators.Rows, 1, Z, Moments!.Value);
                return;
            }

            if (parts > 1 && Moments is { } few && Pixels <= FewRows)
            {
                Owner.MergeMoments(to, Pixels, Filters, 1, parts, Z, few);
                return;
            }

            if (parts > 1) launcher.Each(new SumParts(to, parts, Pixels * Filters, Owner.At(Z)), Octets(Pixels * Filters));
            if (Moments is { } wanted) Owner.MomentsOf(Pixels, Z, Filters, wanted);
        }

        private void Launch<TShape, TProducts, TEpilogue>(int tiles, int parts, ArrayView<float> to, ArrayView<float> partials)
            where TShape : struct, ITileShape where TProducts : struct, IProducts where TEpilogue : struct, IEpilogue =>
                Owner.launcher.Tile(
            new TiledConvolve<TShape, TProducts, TEpilogue, TWindows>(X, Pixels, Kernel, Filters, Transposed, Owner.At(Bias),
                Bias is null ? 0 : 1, parts, to, partials), tiles);
    }

    private readonly record struct KernelProductsWork<TWindows>(GpuCompute Owner, TWindows X, GradientReader Dz, int Pixels,
        ArrayView<float> To, Slice? Bias) : ITileWork
        where TWindows : struct, IWindows
    {
        public void Run<TShape, TProducts>() where TShape : struct, ITileShape where TProducts : struct, IProducts
        {
            var tiles = TiledKernelGradient<TShape, TProducts, TWindows, GradientReader>.Tiles(X.Depth, Dz.Channels);
            var (parts, size) = (PartsOf(tiles, (Pixels + 7) / 8), X.KernelRows * Dz.Channels);
            // The bias's gradient sums the unrounded values, so it is only fused where products are exact.
            var (parted, fused) =
                (parts == 1 ? To : Owner.scratch.Take((long)parts * size), Bias is not null && parts == 1 && TProducts.IsExact);
            Owner.launcher.Tile(
                new TiledKernelGradient<TShape, TProducts, TWindows, GradientReader>(X, Dz, Pixels, parts, parted, Owner.At(Bias),
                    fused ? 1 : 0), checked(tiles * parts));
            if (parts > 1) Owner.launcher.Each(new SumParts(parted, parts, size, To), Octets(size));
            if (Bias is { } wanted && !fused) Owner.SumRows(Dz, Dz.Channels, Pixels, Owner.At(wanted));
        }
    }

    private static int PartsOf(int tiles, int depth) =>
        tiles * 8 > BusyTiles ? 1 : Math.Clamp(BusyTiles / tiles, 1, Math.Max(1, depth / LeastDepth));

    /// <summary>The gradient. If it is pooled it is first stored in scratch memory: otherwise its windows would be evaluated again for each
    /// tap of the kernel.</summary>
    private GradientReader Unpooled(int batch, Gradient dz)
    {
        var (shape, reader) = (dz.Of.Shape, new GradientReader(batch, dz, arena));
        if (reader.Windows.IsNone) return reader;
        var to = scratch.Take((long)batch * shape.Size);
        Lay(batch, reader, shape.Height, shape.Width, 1, 0, 0, shape.Channels, to);
        return new(to, shape);
    }
}
