using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Reading;

/// <summary>
/// Windows in order of their taps, with eight channels each; absent channels are padding at a tap's end. Outside the image the input is 0.
/// </summary>
/// <param name="reader">The images.</param>
/// <param name="height">Rows per image.</param>
/// <param name="width">Pixels per row.</param>
/// <param name="rows">Rows of the output.</param>
/// <param name="columns">Output pixels per row.</param>
/// <param name="kernel">Rows and columns of the window.</param>
/// <param name="stride">The distance between windows in pixels.</param>
/// <param name="top">Rows of zero padding above.</param>
/// <param name="left">Columns of zero padding on the left.</param>
/// <param name="spread">The distance of image pixels, with zeros between: for the gradient of a strided convolution.</param>
internal readonly struct WindowReader<TReader>(TReader reader, int height, int width, int rows, int columns, int kernel, int stride,
    int top, int left, int spread) : IWindows
    where TReader : struct, IPixelReader
{
    public int Depth => kernel * kernel * Octets;

    public int KernelRows => kernel * kernel * reader.Channels;

    private int Octets => (reader.Channels + F8.Count - 1) / F8.Count;

    public WindowOrigin OriginOf(int pixel)
    {
        var row = pixel / columns;
        return new(row / rows * height * width, row % rows * stride - top, pixel % columns * stride - left);
    }

    public F8 At(WindowOrigin origin, int octet)
    {
        var tap = octet / Octets;
        var y = origin.Row + tap / kernel;
        var x = origin.Column + tap % kernel;
        if (y < 0 | x < 0) return F8.Of(0);
        if (spread > 1)
        {
            if (y % spread != 0 | x % spread != 0) return F8.Of(0);
            y /= spread;
            x /= spread;
        }

        return y < height & x < width ? reader.At(origin.Image + y * width + x, octet % Octets * F8.Count) : F8.Of(0);
    }

    public int RowOf(int octet, int number)
    {
        var channel = octet % Octets * F8.Count + number;
        return channel < reader.Channels ? octet / Octets * reader.Channels + channel : -1;
    }

    public F8 Transposed(ArrayView<float> weights, int filters, int filter, int octet)
    {
        var (tap, channel) = (kernel * kernel - 1 - octet / Octets, octet % Octets * F8.Count);
        return F8.Load(weights, (tap * filters + filter) * reader.Channels + channel, reader.Channels - channel);
    }
}
