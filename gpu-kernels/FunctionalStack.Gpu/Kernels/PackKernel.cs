using FunctionalStack.Gpu.Launching;
using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>Copies rows of <paramref name="columns"/> elements to rows of <paramref name="pitch"/> elements, padded with zeros. One item is
/// an element written.</summary>
internal readonly struct PackKernel(ArrayView<float> from, int columns, int pitch, ArrayView<float> to) : IEach
{
    public void Do(int item)
    {
        var column = item % pitch;
        to[item] = column < columns ? from[item / pitch * columns + column] : 0f;
    }
}

/// <summary>
/// Transposes a convolution's kernel, taps x channels x filters, to reversed taps x filters x channels. The convolution of the
/// output's gradient with it is the gradient of the input. One item is eight filters of eight channels, so that rows are read
/// and written in runs.
/// </summary>
/// <param name="from">The kernel.</param>
/// <param name="taps">Taps of a window.</param>
/// <param name="channels">Channels of the input.</param>
/// <param name="filters">Channels of the output.</param>
/// <param name="rows">Rows per tap: filters padded to a multiple of eight, zeros in the padding.</param>
/// <param name="pitch">Elements per row: channels padded to a multiple of eight, zeros in the padding.</param>
/// <param name="to">Taps x rows x pitch.</param>
internal readonly struct TransposeKernel(ArrayView<float> from, int taps, int channels, int filters, int rows, int pitch,
    ArrayView<float> to) : IEach
{
    public static int Items(int taps, int rows, int pitch) => checked(taps * (rows / F8.Count) * (pitch / F8.Count));

    public void Do(int item)
    {
        var filter = item % (rows / F8.Count) * F8.Count;
        var channel = item / (rows / F8.Count) % (pitch / F8.Count) * F8.Count;
        var tap = item / (rows / F8.Count) / (pitch / F8.Count);
        var (a0, a1, a2, a3) =
            (Row(tap, channel, filter), Row(tap, channel + 1, filter), Row(tap, channel + 2, filter), Row(tap, channel + 3, filter));
        var (a4, a5, a6, a7) =
            (Row(tap, channel + 4, filter), Row(tap, channel + 5, filter), Row(tap, channel + 6, filter), Row(tap, channel + 7, filter));
        var at = ((taps - 1 - tap) * rows + filter) * pitch + channel;
        new F8(a0.X0, a1.X0, a2.X0, a3.X0, a4.X0, a5.X0, a6.X0, a7.X0).Store(to, at);
        new F8(a0.X1, a1.X1, a2.X1, a3.X1, a4.X1, a5.X1, a6.X1, a7.X1).Store(to, at + pitch);
        new F8(a0.X2, a1.X2, a2.X2, a3.X2, a4.X2, a5.X2, a6.X2, a7.X2).Store(to, at + 2 * pitch);
        new F8(a0.X3, a1.X3, a2.X3, a3.X3, a4.X3, a5.X3, a6.X3, a7.X3).Store(to, at + 3 * pitch);
        new F8(a0.X4, a1.X4, a2.X4, a3.X4, a4.X4, a5.X4, a6.X4, a7.X4).Store(to, at + 4 * pitch);
        new F8(a0.X5, a1.X5, a2.X5, a3.X5, a4.X5, a5.X5, a6.X5, a7.X5).Store(to, at + 5 * pitch);
        new F8(a0.X6, a1.X6, a2.X6, a3.X6, a4.X6, a5.X6, a6.X6, a7.X6).Store(to, at + 6 * pitch);
        new F8(a0.X7, a1.X7, a2.X7, a3.X7, a4.X7, a5.X7, a6.X7, a7.X7).Store(to, at + 7 * pitch);
    }

    private F8 Row(int tap, int channel, int filter) =>
        channel < channels ? F8.Load(from, (tap * channels + channel) * filters + filter, filters - filter) : F8.Of(0);
}
