namespace FunctionalStack.Neural;

/// <summary>The geometry of a square convolution. Output pixel (y, x) reads input rows y*stride - top .. + kernel - 1, and columns
/// likewise. Outside the image the input is 0.</summary>
/// <param name="Input">Height x width x input channels.</param>
/// <param name="Output">Height x width x filters.</param>
/// <param name="Kernel">Rows and columns of the window.</param>
/// <param name="Stride">The distance between neighbouring windows in pixels.</param>
/// <param name="Top">Rows of zero padding above the image.</param>
/// <param name="Left">Columns of zero padding left of the image.</param>
public readonly record struct Convolution(Shape Input, Shape Output, int Kernel, int Stride, int Top, int Left)
{
    /// <summary>The number of elements of the kernel: kernel x kernel x input channels x filters, filters innermost.</summary>
    public int KernelSize => Kernel * Kernel * Input.Channels * Output.Channels;
}

/// <summary>The kind of pooling.</summary>
public enum PoolingKind
{
    /// <summary>The maximum of each window.</summary>
    Max,

    /// <summary>The mean of each window.</summary>
    Average,
}

/// <summary>Pooling over windows that lie completely in the image: output height = (height - Height) / Stride + 1, width
/// likewise.</summary>
/// <param name="Kind">Maximum or mean.</param>
/// <param name="Height">Rows of a window.</param>
/// <param name="Width">Columns of a window.</param>
/// <param name="Stride">The distance between neighbouring windows in pixels, in both directions.</param>
public readonly record struct Pooling(PoolingKind Kind, int Height, int Width, int Stride)
{
    /// <summary>The shape after pooling an image of shape <paramref name="input"/>.</summary>
    public Shape Of(Shape input) => new((input.Height - Height) / Stride + 1, (input.Width - Width) / Stride + 1, input.Channels);
}
