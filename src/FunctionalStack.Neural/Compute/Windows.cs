namespace FunctionalStack.Neural;

/// <summary>A square convolution's geometry: output pixel (y, x) reads input rows y*stride - top .. + kernel - 1, columns likewise; outside the image lies 0.</summary>
/// <param name="Input">Height x width x input channels.</param>
/// <param name="Output">Height x width x filters.</param>
/// <param name="Kernel">Rows and columns of the window.</param>
/// <param name="Stride">Pixels from window to window.</param>
/// <param name="Top">Rows of zeros above the image.</param>
/// <param name="Left">Columns of zeros left of the image.</param>
public readonly record struct Convolution(Shape Input, Shape Output, int Kernel, int Stride, int Top, int Left)
{
    /// <summary>Numbers of the kernel: kernel x kernel x input channels x filters, filters innermost.</summary>
    public int KernelSize => Kernel * Kernel * Input.Channels * Output.Channels;
}

public enum PoolingKind
{
    Max,
    Average,
}

/// <summary>Pooling over windows that lie wholly in the image: output height = (height - Height) / Stride + 1, width likewise.</summary>
/// <param name="Kind">The greatest, or the mean.</param>
/// <param name="Height">Rows of a window.</param>
/// <param name="Width">Columns of a window.</param>
/// <param name="Stride">Pixels from window to window, down and across.</param>
public readonly record struct Pooling(PoolingKind Kind, int Height, int Width, int Stride)
{
    public Shape Of(Shape input) => new((input.Height - Height) / Stride + 1, (input.Width - Width) / Stride + 1, input.Channels);
}
