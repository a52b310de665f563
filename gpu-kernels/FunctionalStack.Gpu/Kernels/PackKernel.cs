using FunctionalStack.Gpu.Launching;
using ILGPU;

namespace FunctionalStack.Gpu.Kernels;

/// <summary>Copies rows of <paramref name="columns"/> numbers to rows <paramref name="pitch"/> apart, zeros behind. An item is a number written.</summary>
internal readonly struct PackKernel(ArrayView<float> from, int columns, int pitch, ArrayView<float> to) : IEach
{
    public void Do(int item)
    {
        var column = item % pitch;
        to[item] = column < columns ? from[item / pitch * columns + column] : 0f;
    }
}

/// <summary>
/// Turns a convolution's kernel about, taps x channels x filters to taps backwards x filters x channels: convolving the
/// output's gradient with it gives the input's. An item is a number written.
/// </summary>
/// <param name="from">The kernel.</param>
/// <param name="taps">Places of a window.</param>
/// <param name="channels">Of the input.</param>
/// <param name="filters">Of the output.</param>
/// <param name="rows">Rows a tap, at least as many as filters; zeros in those past them.</param>
/// <param name="pitch">Numbers a row, at least as many as channels; zeros past them.</param>
/// <param name="to">Taps x rows x pitch.</param>
internal readonly struct TurnKernel(ArrayView<float> from, int taps, int channels, int filters, int rows, int pitch, ArrayView<float> to) : IEach
{
    public void Do(int item)
    {
        var channel = item % pitch;
        var filter = item / pitch % rows;
        var tap = taps - 1 - item / pitch / rows;
        to[item] = channel < channels & filter < filters ? from[(tap * channels + channel) * filters + filter] : 0f;
    }
}
