using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Reading;
using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>
/// Stores a gradient with its pixels <paramref name="stride"/> apart and zeros around and between, so that the gradient of the
/// input is a convolution of it. Channels are padded with zeros to a multiple of eight. One item is eight channels of a pixel written.
/// </summary>
internal readonly struct PadGradient(GradientReader dz, int height, int width, int stride, int top, int left, int pitch,
    ArrayView<float> to) : IEach
{
    public void Do(int item)
    {
        var octets = dz.Of.Octets;
        var channel = item % octets * F8.Count;
        var pixel = item / octets;
        var column = pixel % width - left;
        var row = pixel / width % height - top;
        var example = pixel / width / height;
        var inside = row >= 0 & row % stride == 0 & row / stride < dz.Windows.InputHeight & column >= 0 & column % stride == 0 & column
            / stride < dz.Windows.InputWidth;
        var value = inside ? dz.At(example, row / stride, column / stride, channel) : F8.Of(0);
        value.Store(to, pixel * pitch + channel, pitch - channel);
    }
}

/// <summary>The same without pooling and zero-padding. One item is eight channels of a run of <paramref name="run"/> pixels.</summary>
internal readonly struct LayoutGradient(GradientReader dz, int pixels, int run, int pitch, ArrayView<float> to) : IEach
{
    public void Do(int item)
    {
        var octets = dz.Of.Octets;
        var channel = item % octets * F8.Count;
        var first = item / octets * run;
        var end = first + run < pixels ? first + run : pixels;
        var (octet, finish) = (dz.Of.Octet(channel), dz.Finishing(channel));
        for (var pixel = first; pixel < end; pixel++)
        {
            var z = dz.Of.Raw(pixel, channel);
            var g = dz.Upstream(pixel, channel) * octet.Slope(octet.Preactivation(z));
            finish.Of(octet, z, g).Store(to, pixel * pitch + channel, pitch - channel);
        }
    }
}
