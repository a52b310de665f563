using FunctionalStack.Gpu.Registers;

namespace FunctionalStack.Gpu.Reading;

/// <summary>A tensor that kernels read as eight channels of a pixel, computed on read.</summary>
internal interface IPixelReader
{
    int Channels { get; }

    /// <param name="pixel">The pixel, numbered over the batch.</param>
    /// <param name="channel">The first of eight channels, a multiple of eight. Values of absent channels are finite but undefined.</param>
    F8 At(int pixel, int channel);
}
