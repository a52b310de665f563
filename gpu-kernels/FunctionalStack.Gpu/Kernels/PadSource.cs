using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Reading;
using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>
/// Stores a source normalized, activated and zero-padded, so that the convolution's tiles need no bounds checks. One item is
/// eight channels of a run of <paramref name="run"/> pixels.
/// </summary>
internal readonly struct PadSource(
    SourceReader x, int inputHeight, int inputWidth, int height, int width, int top, int left, int pixels, int run, ArrayView<float> to)
        : IEach
{
    public void Do(int item)
    {
        var channel = item % x.Octets * F8.Count;
        var first = item / x.Octets * run;
        var end = first + run < pixels ? first + run : pixels;
        var octet = x.Octet(channel);
        var present = x.Present(channel);
        if (height == inputHeight & width == inputWidth & top == 0 & left == 0)
        {
            for (var pixel = first; pixel < end; pixel++) octet.At(x.Raw(pixel, channel)).Store(to, pixel * x.Channels + channel, present);
            return;
        }

        for (var pixel = first; pixel < end; pixel++)
        {
            var column = pixel % width - left;
            var row = pixel / width % height - top;
            var example = pixel / width / height;
            var inside = row >= 0 & row < inputHeight & column >= 0 & column < inputWidth;
            var value = inside ? octet.At(x.Raw((example * inputHeight + row) * inputWidth + column, channel)) : F8.Of(0);
            value.Store(to, pixel * x.Channels + channel, present);
        }
    }
}
