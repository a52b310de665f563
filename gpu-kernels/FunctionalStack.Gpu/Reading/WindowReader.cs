using FunctionalStack.Gpu.Registers;

namespace FunctionalStack.Gpu.Reading;

/// <summary>
/// The windows of images as a matrix that is never stored (implicit GEMM): a row is an output pixel, columns are octets:
/// place by place of the window, eight channels each, absent channels at a place's end. Zeros lie outside the image.
/// </summary>
/// <param name="reader">The images.</param>
/// <param name="height">Rows of one.</param>
/// <param name="width">Pixels a row.</param>
/// <param name="rows">Rows of the output.</param>
/// <param name="columns">Its pixels a row.</param>
/// <param name="kernel">Rows and columns of the window.</param>
/// <param name="stride">Pixels from window to window.</param>
/// <param name="top">Rows of zeros above.</param>
/// <param name="left">Columns of zeros at the left.</param>
/// <param name="spread">Image pixels lie so many apart, zeros between: of a strided convolution's gradient.</param>
internal readonly struct WindowReader<TReader>(TReader reader, int height, int width, int rows, int columns, int kernel, int stride, int top, int left, int spread)
    where TReader : struct, IPixelReader
{
    public int Channels => reader.Channels;

    /// <summary>Octets a place.</summary>
    public int Octets => (reader.Channels + F8.Count - 1) / F8.Count;

    /// <summary>Octets of a window.</summary>
    public int Depth => kernel * kernel * Octets;

    public int Taps => kernel * kernel;

    /// <summary>Where an output pixel's window begins.</summary>
    public Corner CornerOf(int pixel)
    {
        var row = pixel / columns;
        return new(row / rows * height * width, row % rows * stride - top, pixel % columns * stride - left);
    }

    /// <summary>Octet <paramref name="octet"/> of the window at a corner.</summary>
    public F8 At(Corner corner, int octet)
    {
        var tap = octet / Octets;
        var y = corner.Row + tap / kernel;
        var x = corner.Column + tap % kernel;
        if (y < 0 | x < 0) return F8.Of(0);
        if (spread > 1)
        {
            if (y % spread != 0 | x % spread != 0) return F8.Of(0);
            y /= spread;
            x /= spread;
        }

        return y < height & x < width ? reader.At(corner.Image + y * width + x, octet % Octets * F8.Count) : F8.Of(0);
    }
}

/// <summary>Where a window begins.</summary>
/// <param name="Image">The example's first pixel.</param>
/// <param name="Row">In the image; negative above it.</param>
/// <param name="Column">In the image; negative left of it.</param>
internal readonly record struct Corner(int Image, int Row, int Column);
