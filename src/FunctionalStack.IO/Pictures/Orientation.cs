using System.Buffers.Binary;

namespace FunctionalStack.IO;

/// <summary>The EXIF orientation of a picture, from 1 to 8; 1 is upright.</summary>
internal static class Orientation
{
    /// <summary>The orientation of an upright picture.</summary>
    public const int Upright = 1;

    private const int Tag = 0x0112;

    /// <summary>The orientation in a block of EXIF data (a TIFF header and its first directory); upright if it has none.</summary>
    public static int Of(ReadOnlySpan<byte> exif)
    {
        var little = exif is [(byte)'I', (byte)'I', ..];
        if (exif.Length < 8 || (!little && exif is not [(byte)'M', (byte)'M', ..])) return Upright;
        var at = Long(exif[4..]);
        if (at > exif.Length - 2) return Upright;
        var entries = exif[(int)at..];
        for (int count = Short(entries), i = 0; i < count && 2 + 12 * (i + 1) <= entries.Length; i++)
        {
            var entry = entries.Slice(2 + 12 * i, 12);
            if (Short(entry) == Tag) return Short(entry[8..]) is var number and >= 1 and <= 8 ? number : Upright;
        }

        return Upright;

        int Short(ReadOnlySpan<byte> bytes) => little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt16BigEndian(bytes);

        uint Long(ReadOnlySpan<byte> bytes) => little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
            : BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }

    /// <summary>Rotates and mirrors the stored pixels to upright orientation.</summary>
    public static (int Height, int Width, byte[] Pixels) Turned(int orientation, int height, int width, int channels, byte[] stored)
    {
        if (orientation == Upright) return (height, width, stored);
        var swapped = orientation >= 5;
        var (rows, columns) = swapped ? (width, height) : (height, width);
        var pixels = new byte[stored.Length];
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                // The stored position of the upright pixel (y, x).
                var (row, column) = orientation switch
                {
                    2 => (y, width - 1 - x),
                    3 => (height - 1 - y, width - 1 - x),
                    4 => (height - 1 - y, x),
                    5 => (x, y),
                    6 => (height - 1 - x, y),
                    7 => (height - 1 - x, width - 1 - y),
                    _ => (x, width - 1 - y),
                };
                stored.AsSpan((row * width + column) * channels, channels).CopyTo(pixels.AsSpan((y * columns + x) * channels));
            }
        }

        return (rows, columns, pixels);
    }
}
