using FunctionalStack.Gpu.Kernels;
using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Registers;
using FunctionalStack.Neural;
using ILGPU;

namespace FunctionalStack.Gpu;

internal sealed partial class GpuCompute
{
    public void Convolve(int batch, Convolution window, Source x, Slice kernel, Slice? bias, Slice z, BatchMoments? moments)
    {
        scratch.Reset();
        if (ByLibrary(batch, window, x, kernel, bias, z))
        {
            if (moments is { } of) MomentsOf(batch * window.Output.Pixels, z, window.Output.Channels, of);
            return;
        }

        if (InLockstep)
        {
            TiledConvolve(batch, window, x, kernel, bias, z, moments);
            return;
        }

        var (pixels, image) = (batch * window.Output.Pixels, Padded(batch, window, x));
        var (weights, pitch) = Packed(At(kernel), image.At.Depth, window.Output.Channels);
        Tiles(image.At, pixels, image.Numbers, weights, pitch, bias, At(z));
        if (moments is { } wanted) MomentsOf(pixels, z, window.Output.Channels, wanted);
    }

    public void Dense(int batch, Source x, Slice kernel, Slice? bias, Slice z, int units, BatchMoments? moments) =>
        Convolve(batch, Whole(x.Shape.Size, units), x, kernel, bias, z, moments);

    /// <summary>A dense layer is computed as a convolution of 1 x 1 images.</summary>
    private static Convolution Whole(int inputs, int units) => new(Shape.Vector(inputs), Shape.Vector(units), 1, 1, 0, 0);

    private bool InSixteens(int filters) => filters % F16.Width == 0 && launcher.Threading.KeepsSixteen;

    // Tiles of sixteen filters where the number of filters is a multiple of it.
    private void Tiles(TileGeometry at, int pixels, ArrayView<float> x, ArrayView<float> kernel, int pitch, Slice? bias, ArrayView<float> z)
    {
        if (InSixteens(at.Filters)) Run<F16>();
        else Run<F8>();

        void Run<TRun>() where TRun : struct, IRun<TRun> => launcher.Each(
            new ConvolveTile<TRun>(at, pixels, x, kernel, pitch, At(bias), bias is null ? 0 : 1, z),
                ConvolveTile<TRun>.Items(pixels, at.Filters));
    }

    /// <summary>The input, normalized, activated and zero-padded: in place if it needs none of these, otherwise copied to scratch
    /// memory.</summary>
    private (TileGeometry At, ArrayView<float> Numbers) Padded(int batch, Convolution window, Source x)
    {
        var (input, output) = (window.Input, window.Output);
        var (height, width) = ((output.Height - 1) * window.Stride + window.Kernel, (output.Width - 1) * window.Stride + window.Kernel);
        if (x.IsPlain && window is { Top: 0, Left: 0 } && height <= input.Height && width <= input.Width)
            return (Geometry(window, input.Height, input.Width), At(x.Data));
        var to = scratch.Take((long)batch * height * width * input.Channels);
        var reader = Reader(As(x, input));
        var pixels = checked(batch * height * width);
        launcher.Each(new PadSource(reader, input.Height, input.Width, height, width, window.Top, window.Left, pixels, Run, to),
            Runs(pixels) * reader.Octets);
        return (Geometry(window, height, width), to);
    }

    private static TileGeometry Geometry(Convolution window, int height, int width)
    {
        var channels = window.Input.Channels;
        return new(
            window.Output.Height, window.Output.Width, height * width * channels, width * channels, channels, window.Stride, window.Kernel,
                window.Kernel * channels, window.Output.Channels);
    }

    /// <summary>A kernel whose rows are a multiple of eight: in place if they are, otherwise copied to scratch memory.</summary>
    private (ArrayView<float> Rows, int Pitch) Packed(ArrayView<float> kernel, int rows, int columns)
    {
        var pitch = Octets(columns) * F8.Count;
        if (pitch == columns) return (kernel, pitch);
        var to = scratch.Take((long)rows * pitch);
        launcher.Each(new PackKernel(kernel, columns, pitch, to), checked(rows * pitch));
        return (to, pitch);
    }
}
