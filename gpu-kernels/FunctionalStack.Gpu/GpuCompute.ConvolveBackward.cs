using FunctionalStack.Gpu.Kernels;
using FunctionalStack.Gpu.Reading;
using FunctionalStack.Gpu.Registers;
using FunctionalStack.Neural;
using ILGPU;

namespace FunctionalStack.Gpu;

internal sealed partial class GpuCompute
{
    // For the kernel gradient's sum over pixels: the maximum number of groups, the number of items that occupies any device, and
    // the number of elements of both operands that stay in a processor's L2 cache (256 KiB) for all items of a group.
    private const int MostGroups = 64, BusyItems = 1024, GroupFloats = 1 << 16;

    public void ConvolveBackward(int batch, Convolution window, Source x, Slice kernel, Gradient dz, Slice kernelGradient,
        Slice? biasGradient, InputGradient? dx)
    {
        scratch.Reset();
        if (BackwardByLibrary(batch, window, x, kernel, dz, kernelGradient, biasGradient, dx)) return;
        if (InLockstep)
        {
            TiledBackward(batch, window, x, kernel, dz, kernelGradient, biasGradient, dx);
            return;
        }

        var filters = window.Output.Channels;
        var gradient = Spread(batch, window, dz, around: dx is not null);
        var image = Padded(batch, window, x);
        KernelGradient(batch, window, image, gradient, At(kernelGradient));
        if (biasGradient is { } bias) BiasGradient(batch, window, gradient, At(bias));
        if (dx is not { } wanted) return;
        var pitch = Octets(window.Input.Channels) * F8.Count;
        var taps = window.Kernel * window.Kernel;
        var transposed = scratch.Take((long)taps * gradient.Pixel * pitch);
        launcher.Each(new TransposeKernel(At(kernel), taps, window.Input.Channels, filters, gradient.Pixel, pitch, transposed),
            TransposeKernel.Items(taps, gradient.Pixel, pitch));
        var at = new TileGeometry(
            window.Input.Height, window.Input.Width, gradient.Image, gradient.Row, gradient.Pixel, 1, window.Kernel,
                window.Kernel * gradient.Pixel, window.Input.Channels);
        var pixels = batch * window.Input.Pixels;
        Tiles(at, pixels, gradient.All, transposed, pitch, null, At(wanted.Data));
        if (wanted.Sums is { } sums) SumsOf(batch, new(wanted.Data, x), sums);
    }

    public void DenseBackward(int batch, Source x, Slice kernel, Gradient dz, Slice kernelGradient, Slice? biasGradient,
        InputGradient? dx) =>
        ConvolveBackward(batch, Whole(x.Shape.Size, dz.Of.Shape.Size), x, kernel, dz, kernelGradient, biasGradient, dx);

    /// <summary>The layout of an output's gradient.</summary>
    /// <param name="All">The images, zero-padded and, for a stride above 1, with zeros between pixels.</param>
    /// <param name="Origin">The offset of the first output pixel's gradient.</param>
    /// <param name="Image">Elements from one image to the next.</param>
    /// <param name="Row">Elements from one row of the image to the next.</param>
    /// <param name="Pixel">Elements from one pixel of the image to the next.</param>
    /// <param name="Stride">Image pixels from one output pixel to the next, in both directions.</param>
    private readonly record struct SpreadGradient(ArrayView<float> All, int Origin, int Image, int Row, int Pixel, int Stride);

    private SpreadGradient Spread(int batch, Convolution window, Gradient dz, bool around)
    {
        var (output, pitch) = (window.Output, Octets(window.Output.Channels) * F8.Count);
        var (height, width, top, left, stride) = around
            ? (window.Input.Height + window.Kernel - 1, window.Input.Width + window.Kernel - 1, window.Kernel - 1 - window.Top,
                window.Kernel - 1 - window.Left, window.Stride)
            : (output.Height, output.Width, 0, 0, 1);
        var origin = (top * width + left) * pitch;
        if (dz.Of.IsPlain && dz.Pooling is null && pitch == output.Channels && (height, width) == (output.Height, output.Width))
            return Laid(At(dz.Upstream));
        var reader = new GradientReader(batch, dz with { Of = As(dz.Of, output) }, arena);
        var to = scratch.Take((long)batch * height * width * pitch);
        Lay(batch, reader, height, width, stride, top, left, pitch, to);
        return Laid(to);

        SpreadGradient Laid(ArrayView<float> all) => new(all, origin, height * width * pitch, width * pitch, pitch, stride);
    }

    private void Lay(int batch, GradientReader dz, int height, int width, int stride, int top, int left, int pitch, ArrayView<float> to)
    {
        var windows = dz.Windows;
        if (stride == 1 && !windows.IsNone && windows.Stride >= Math.Max(windows.Height, windows.Width))
        {
            var cells = checked(batch * PadPooledGradient.Cells(windows));
            launcher.Each(new PadPooledGradient(dz, height, width, top, left, cells, Run, pitch, to), Runs(cells) * dz.Of.Octets);
            return;
        }

        if (windows.IsNone && (height, width) == (windows.InputHeight, windows.InputWidth))
        {
            var pixels = checked(batch * height * width);
            launcher.Each(new LayoutGradient(dz, pixels, Run, pitch, to), Runs(pixels) * dz.Of.Octets);
            return;
        }

        launcher.Each(new PadGradient(dz, height, width, stride, top, left, pitch, to), checked(batch * height * width * dz.Of.Octets));
    }

    private void KernelGradient(int batch, Convolution window, (TileGeometry At, ArrayView<float> Numbers) image, SpreadGradient dz,
        ArrayView<float> to)
    {
        // Examples of one pixel are treated as one row of as many pixels.
        var row = window.Input.IsVector && window.Kernel == 1;
        var at = row ? image.At with { Rows = 1, Columns = batch, Stride = 1 } : image.At;
        var (rows, depth) = (row ? 1 : batch * window.Output.Height, at.Depth);
        if (InSixteens(at.Filters)) Run<F16>();
        else Run<F8>();

        void Run<TRun>() where TRun : struct, IRun<TRun>
        {
            var items = KernelGradientTile<TRun>.Items(1, depth, at.Filters);
            var floats = (long)rows * (at.Columns * at.Stride * at.Stride * at.Channels + at.Columns * at.Filters);
            var groups = (int)Math.Clamp(Math.Max((BusyItems + items - 1) / items, floats / GroupFloats), 1, Math.Min(rows, MostGroups));
            var parts = groups == 1 ? to : scratch.Take((long)groups * depth * at.Filters);
            launcher.Each(
                new KernelGradientTile<TRun>(
                    at, rows, groups, image.Numbers, dz.All.SubView(dz.Origin, dz.All.Length - dz.Origin),
                    dz.Image, row ? 0 : dz.Row * dz.Stride, row ? dz.Image : dz.Pixel * dz.Stride, parts),
                KernelGradientTile<TRun>.Items(groups, depth, at.Filters));
            if (groups > 1) launcher.Each(new SumParts(parts, groups, depth * at.Filters, to), Octets(depth * at.Filters));
        }
    }

    // The zeros between and around the pixels do not contribute.
    private void BiasGradient(int batch, Convolution window, SpreadGradient dz, ArrayView<float> to) =>
        SumRows(new SourceReader(dz.All, dz.Pixel), window.Output.Channels, batch * (dz.Image / dz.Pixel), to);

    private void SumRows<TReader>(TReader from, int channels, int rows, ArrayView<float> to) where TReader : struct, IPixelReader
    {
        var block = BlockOf(rows);
        var blocks = (rows + block - 1) / block;
        var partials = blocks == 1 ? to : scratch.Take((long)blocks * channels);
        launcher.Each(new ChannelSumPartials<TReader>(from, rows, channels, block, partials), blocks * Octets(channels));
        if (blocks > 1) launcher.Group(new MergeSums(partials, partials, blocks, channels, to, to), channels);
    }
}
