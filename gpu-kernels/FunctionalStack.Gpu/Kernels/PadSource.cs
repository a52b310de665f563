using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Reading;
using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>Writes a source as it is read, with its zeros around it: what the convolution's tiles then read without asking where they are. An item is eight channels of a pixel.</summary>
internal readonly struct PadSource(SourceReader x, int inputHeight, int inputWidth, int height, int width, int top, int left, ArrayView<float> to) : IEach
{
    public void Do(int item)
    {
        var channel = item % x.Octets * F8.Count;
        var pixel = item / x.Octets;
        if (height == inputHeight & width == inputWidth & top == 0 & left == 0)
        {
            x.At(pixel, channel).Store(to, pixel * x.Channels + channel, x.Present(channel));
            return;
        }

        var column = pixel % width - left;
        var row = pixel / width % height - top;
        var example = pixel / width / height;
        var inside = row >= 0 & row < inputHeight & column >= 0 & column < inputWidth;
        var value = inside ? x.At((example * inputHeight + row) * inputWidth + column, channel) : F8.Of(0);
        value.Store(to, pixel * x.Channels + channel, x.Present(channel));
    }
}
