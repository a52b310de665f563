using System.IO.Compression;

namespace FunctionalStack.IO;

/// <summary>
/// Checks the compressed rows of a PNG file: whether all declared rows are present, and whether every palette index has a
/// colour. The decoder pads missing rows and ignores surplus rows without an error.
/// </summary>
internal static class PngRows
{
    // Deflate expands one byte to at most 1,032 bytes.
    private const int MostOfByte = 1032;

    // The first column and row of each pass of Adam7, and the steps between its pixels.
    private static readonly (int X, int Y, int StepX, int StepY)[] adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>The fault of the rows; null if there is none. If the file is too small for its declared size, no memory is
    /// allocated for the picture.</summary>
    /// <param name="header">A valid header of a supported size.</param>
    /// <param name="colours">The number of colours of the palette; 0 if there is none.</param>
    /// <param name="compressed">The compressed image data.</param>
    public static string? Fault(PngHeader header, int colours, PngData compressed)
    {
        if (header.HasPalette && colours == 0) return "its pixels are palette indices, but it has no palette";
        if (compressed.Length == 0) return "it has no image data";
        var passes = Passes(header);
        var declared = passes.Sum(pass => pass.Rows * pass.RowBytes);
        if (declared / MostOfByte > compressed.Length) return
            $"{compressed.Length} bytes of image data are too few for {header.Height}x{header.Width} pixels";
        using var rows = new ZLibStream(compressed, CompressionMode.Decompress);
        try
        {
            var read = 0L;
            if (header.HasPalette && colours < 1 << header.Depth)
            {
                foreach (var pass in passes)
                {
                    if (Beyond(rows, pass, header.Depth, colours, ref read) is { } index) return
                        $"a pixel has palette index {index}, but the palette has {colours} colours (indices from 0)";
                }
            }
            else
            {
                read = Drain(rows, declared);
            }

            return read < declared
                ? $"its image data ends early: {header.Height}x{header.Width} pixels take {declared} bytes with the filters, but there "
                    + $"are {read}"
                : rows.ReadByte() >= 0 ? $"its image data continues after {header.Height}x{header.Width} pixels"
                : compressed.IsExhausted ? "its image data ends early, within its checksum"
                : null;
        }
        catch (InvalidDataException)
        {
            return "its image data cannot be decompressed";
        }
    }

    private static Pass[] Passes(PngHeader header) => header.IsInterlaced
        ? [.. adam7.Select(pass => Of(Steps(header.Height, pass.Y, pass.StepY), Steps(header.Width, pass.X, pass.StepX), header))
            .Where(pass => pass.Rows > 0 && pass.Pixels > 0)]
        : [Of(header.Height, header.Width, header)];

    private static Pass Of(long rows, long pixels, PngHeader header) => new(rows, pixels, 1 + (pixels * header.BitsPerPixel + 7) / 8);

    private static long Steps(long side, int from, int step) => (side - from + step - 1) / step;

    private static long Drain(Stream rows, long most)
    {
        var (buffer, total) = (new byte[1 << 14], 0L);
        while (total < most && rows.Read(buffer, 0, (int)Math.Min(buffer.Length, most - total)) is > 0 and var read) total += read;
        return total;
    }

    // The first palette index without a colour, or null. The row filters are undone; for indices they refer to the previous byte.
    private static int? Beyond(Stream rows, Pass pass, int depth, int colours, ref long total)
    {
        var (row, above) = (new byte[pass.RowBytes], new byte[pass.RowBytes]);
        for (var y = 0L; y < pass.Rows; y++)
        {
            var read = rows.ReadAtLeast(row, row.Length, throwOnEndOfStream: false);
            total += read;
            if (read < row.Length) return null;
            if (row[0] > 4) throw new InvalidDataException();
            for (var i = 1; i < row.Length; i++)
            {
                var (left, up, corner) = i > 1 ? (row[i - 1], above[i], above[i - 1]) : ((byte)0, above[i], (byte)0);
                row[i] += row[0] switch { 1 => left, 2 => up, 3 => (byte)((left + up) / 2), 4 => Paeth(left, up, corner), _ => (byte)0 };
            }

            row[0] = 0;
            for (var x = 0L; x < pass.Pixels; x++)
            {
                var bit = x * depth;
                var index = row[1 + bit / 8] >> (int)(8 - depth - bit % 8) & ((1 << depth) - 1);
                if (index >= colours) return index;
            }

            (row, above) = (above, row);
        }

        return null;
    }

    private static byte Paeth(byte left, byte up, byte corner)
    {
        var guess = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private readonly record struct Pass(long Rows, long Pixels, long RowBytes);
}
