using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Reading;
using FunctionalStack.Gpu.Registers;
using FunctionalStack.Neural;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>y = x, normalized, activated and, if there are windows, pooled. One item is eight channels of a pixel of y.</summary>
internal readonly struct ApplySource(SourceReader x, PoolWindows windows, ArrayView<float> y) : IEach
{
    public void Do(int item)
    {
        var channel = item % x.Octets * F8.Count;
        var pixel = item / x.Octets;
        var row = pixel / windows.OutputWidth;
        var value = windows.IsNone
            ? x.At(pixel, channel)
            : windows.Pool(x, row / windows.OutputHeight * windows.InputHeight * windows.InputWidth, row % windows.OutputHeight,
                pixel % windows.OutputWidth, channel);
        value.Store(y, pixel * x.Channels + channel, x.Present(channel));
    }
}

/// <summary>y = a + b for two sources. One item is eight channels of a pixel.</summary>
internal readonly struct AddSources(SourceReader a, SourceReader b, ArrayView<float> y) : IEach
{
    public void Do(int item)
    {
        var channel = item % a.Octets * F8.Count;
        var pixel = item / a.Octets;
        (a.At(pixel, channel) + b.At(pixel, channel)).Store(y, pixel * a.Channels + channel, a.Present(channel));
    }
}

/// <summary>to += from. One item is eight elements.</summary>
internal readonly struct AccumulateElements(ArrayView<float> from, ArrayView<float> to, int length) : IEach
{
    public void Do(int item)
    {
        var at = item * F8.Count;
        (F8.Load(to, at, length - at) + F8.Load(from, at, length - at)).Store(to, at, length - at);
    }
}

/// <summary>to = value. One item is eight elements.</summary>
internal readonly struct FillElements(float value, ArrayView<float> to, int length) : IEach
{
    public void Do(int item) => F8.Of(value).Store(to, item * F8.Count, length - item * F8.Count);
}

/// <summary>Inverted dropout (<see cref="DropMask"/>). One item is an element.</summary>
internal readonly struct DropElements(ArrayView<float> x, ulong key, uint threshold, float scale, ArrayView<float> y) : IEach
{
    public void Do(int item) => y[item] = DropMask.Keeps(key, item, threshold) ? x[item] * scale : 0f;
}
