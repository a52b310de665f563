using FunctionalStack.Gpu.Registers;

namespace FunctionalStack.Gpu.Reading;

/// <summary>Something that kernels read eight channels of a pixel at a time, computed as it is read.</summary>
internal interface IPixelReader
{
    int Channels { get; }

    /// <param name="pixel">Counted over the batch.</param>
    /// <param name="channel">The first of eight, a multiple of eight; absent ones are finite numbers of no meaning.</param>
    F8 At(int pixel, int channel);
}
