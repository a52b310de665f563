using FsCheck;
using FsCheck.Fluent;
using FunctionalStack.Neural;

namespace FunctionalStack.Backend.Tests;

/// <summary>Shapes and windows that fit them.</summary>
internal static class Windows
{
    public static Gen<Shape> Shapes { get; } =
        from height in Specs.Extent
        from width in Specs.Extent
        from channels in Specs.Channels
        select new Shape(height, width, channels);

    /// <summary>A convolution with square windows: with padding that keeps the size (at stride 1), or without padding.</summary>
    public static Convolution Convolution(Shape input, int filters, int kernel, int stride, bool same)
    {
        var (height, top) = Along(input.Height);
        var (width, left) = Along(input.Width);
        return new(input, new(height, width, filters), kernel, stride, top, left);

        (int Output, int Before) Along(int extent)
        {
            if (!same) return ((extent - kernel) / stride + 1, 0);
            var output = (extent + stride - 1) / stride;
            return (output, Math.Max((output - 1) * stride + kernel - extent, 0) / 2);
        }
    }

    public static Gen<Convolution> Convolutions { get; } =
        from input in Shapes
        from filters in Specs.Channels
        from same in Specs.Coin
        from kernel in Gen.Elements(1, 2, 3, 3, 5).Where(kernel => same || kernel <= Math.Min(input.Height, input.Width))
        from stride in Gen.Choose(1, 3)
        let window = Convolution(input, filters, kernel, stride, same)
        where (long)window.Output.Pixels * window.KernelSize < 500_000
        select window;

    /// <summary>Windows of any proportion, apart, touching or overlapping; sometimes one that is the whole image.</summary>
    public static Gen<Pooling> Poolings(Shape input) =>
        from kind in Gen.Elements(PoolingKind.Max, PoolingKind.Average)
        from whole in Gen.Frequency((1, Gen.Constant(true)), (4, Gen.Constant(false)))
        from height in Gen.Choose(1, Math.Min(input.Height, 4))
        from width in Gen.Choose(1, Math.Min(input.Width, 4))
        from stride in Gen.Choose(1, 3)
        select whole ? new Pooling(kind, input.Height, input.Width, stride) : new(kind, height, width, stride);

    /// <summary>No pooling, windows of 2 x 2, or any windows.</summary>
    public static Gen<Pooling?> Perhaps(Shape input) =>
        Gen.Frequency((2, Gen.Constant((Pooling?)null)), (3, Poolings(input).Select(pooling => (Pooling?)pooling)));

    /// <summary>Smaller images and fewer channels.</summary>
    public static IEnumerable<Shape> Smaller(Shape shape) =>
    [
        .. Specs.Fewer(shape.Height).Select(height => shape with { Height = height }),
        .. Specs.Fewer(shape.Width).Select(width => shape with { Width = width }),
        .. Specs.Fewer(shape.Channels).Select(channels => shape with { Channels = channels }),
    ];

    public static bool Fits(this Pooling? pooling, Shape input) =>
        pooling is not { } pooled || (pooled.Height <= input.Height && pooled.Width <= input.Width);

    /// <summary>Simpler convolutions with the same kind of padding.</summary>
    public static IEnumerable<Convolution> Smaller(Convolution window)
    {
        var same = window != Convolution(window.Input, window.Output.Channels, window.Kernel, window.Stride, same: false);
        var (input, filters, kernel, stride) = (window.Input, window.Output.Channels, window.Kernel, window.Stride);
        return
            from smaller in Smaller(input).Select(shape => (shape, filters, kernel, stride))
                .Concat(Specs.Fewer(filters).Select(fewer => (input, fewer, kernel, stride)))
                .Concat(Specs.Fewer(kernel).Select(fewer => (input, filters, fewer, stride)))
                .Concat(Specs.Fewer(stride).Select(fewer => (input, filters, kernel, fewer)))
            let shape = smaller.Item1
            where same || smaller.Item3 <= Math.Min(shape.Height, shape.Width)
            select Convolution(shape, smaller.Item2, smaller.Item3, smaller.Item4, same);
    }
}
