using FunctionalStack.Gpu.Registers;
using FunctionalStack.Neural;

namespace FunctionalStack.Gpu.Reading;

/// <summary>The geometry of a pooling on the device. <see cref="Height"/> is 0 if there is none.</summary>
internal readonly struct PoolWindows(Shape input, Pooling? pooling)
{
    private readonly int max = pooling is { Kind: PoolingKind.Max } ? 1 : 0;

    public readonly int InputHeight = input.Height, InputWidth = input.Width;
    public readonly int Height = pooling?.Height ?? 0, Width = pooling?.Width ?? 0, Stride = pooling?.Stride ?? 1;
    public readonly int OutputHeight = pooling?.Of(input).Height ?? input.Height, OutputWidth = pooling?.Of(input).Width ?? input.Width;

    public bool IsNone => Height == 0;

    public bool IsMax => max != 0;

    /// <summary>The pooled value of a window of <paramref name="x"/>. Rows and columns of the output; <paramref name="image"/> is the
    /// example's first input pixel.</summary>
    public F8 Pool(SourceReader x, int image, int row, int column, int channel)
    {
        var origin = image + row * Stride * InputWidth + column * Stride;
        var pooled = IsMax ? x.At(origin, channel) : F8.Of(0);
        for (var down = 0; down < Height; down++)
        {
            for (var across = 0; across < Width; across++)
            {
                var a = x.At(origin + down * InputWidth + across, channel);
                pooled = IsMax ? F8.IfGreater(a, pooled, a, pooled) : pooled + a;
            }
        }

        return IsMax ? pooled : (1f / (Height * Width)) * pooled;
    }

    /// <summary>
    /// The index of a window's first maximum, in row order, per lane. Average pooling has none.
    /// </summary>
    public F8 Winner(SourceReader x, ChannelOctet octet, int image, int row, int column, int channel)
    {
        var origin = image + row * Stride * InputWidth + column * Stride;
        var (greatest, winner, place) = (octet.At(x.Raw(origin, channel)), F8.Of(0), 0f);
        for (var down = 0; down < Height; down++)
        {
            for (var across = 0; across < Width; across++)
            {
                var a = octet.At(x.Raw(origin + down * InputWidth + across, channel));
                winner = F8.IfGreater(a, greatest, F8.Of(place), winner);
                greatest = F8.IfGreater(a, greatest, a, greatest);
                place += 1f;
            }
        }

        return winner;
    }

    /// <summary>The raw value at a window's maximum, per lane.</summary>
    public F8 RawWinner(SourceReader x, ChannelOctet octet, int image, int row, int column, int channel)
    {
        var origin = image + row * Stride * InputWidth + column * Stride;
        var winner = x.Raw(origin, channel);
        var greatest = octet.At(winner);
        for (var down = 0; down < Height; down++)
        {
            for (var across = 0; across < Width; across++)
            {
                var z = x.Raw(origin + down * InputWidth + across, channel);
                var a = octet.At(z);
                winner = F8.IfGreater(a, greatest, z, winner);
                greatest = F8.IfGreater(a, greatest, a, greatest);
            }
        }

        return winner;
    }
}
