using System.Buffers.Binary;

namespace FunctionalStack.IO;

/// <summary>A component of a JPEG file.</summary>
/// <param name="Id">The id used by scans.</param>
/// <param name="Across">The blocks of 8 x 8 pixels per unit, horizontally.</param>
/// <param name="Down">The blocks of 8 x 8 pixels per unit, vertically.</param>
/// <param name="BlocksWide">The number of blocks, horizontally.</param>
/// <param name="BlocksHigh">The number of blocks, vertically.</param>
internal sealed record JpegComponent(byte Id, int Across, int Down, int BlocksWide, int BlocksHigh)
{
    private const int Coefficients = 64;

    // For each coefficient, how many of its lowest bits are missing.
    private readonly int[] missingBits = [.. Enumerable.Repeat(int.MaxValue, Coefficients)];

    /// <summary>Records a scan of the coefficients from <paramref name="first"/> to <paramref name="last"/>, without
    /// <paramref name="missing"/> of their lowest bits.</summary>
    public void Scan(int first, int last, int missing) => missingBits.AsSpan(first..(last + 1)).Fill(missing);

    /// <summary>What no scan had; null if nothing is missing.</summary>
    public string? Unscanned => Array.TrueForAll(missingBits, bits => bits == int.MaxValue) ? "no image data"
        : Array.FindIndex(missingBits, bits => bits == int.MaxValue) is var absent and >= 0
        ? $"no image data of coefficient {absent} of 0 to 63"
        : Array.FindIndex(missingBits, bits => bits > 0) is var coarse and >= 0
            ? $"no image data of the last {(missingBits[coarse] == 1 ? "bit" : $"{missingBits[coarse]} bits")} of coefficient {coarse}"
        : null;

    /// <summary>For progressive files: a bit mask per block of the non-zero coefficients so far.</summary>
    public ulong[] NonZero => field ??= new ulong[BlocksWide * BlocksHigh];
}

/// <summary>The frame header of a JPEG file.</summary>
/// <param name="Height">The height in pixels.</param>
/// <param name="Width">The width in pixels.</param>
/// <param name="IsProgressive">Whether the coefficients are split over several scans.</param>
/// <param name="IsHuffman">Whether the Huffman coding is supported by <see cref="JpegScan"/>.</param>
/// <param name="Components">One to four components.</param>
internal sealed record JpegFrame(int Height, int Width, bool IsProgressive, bool IsHuffman, IReadOnlyList<JpegComponent> Components)
{
    private const int Side = 8;

    /// <summary>The number of units, horizontally or vertically.</summary>
    public int UnitsWide => Ceiling(Width, Side * Components.Max(component => component.Across));

    /// <inheritdoc cref="UnitsWide"/>
    public int UnitsHigh => Ceiling(Height, Side * Components.Max(component => component.Down));

    /// <summary>The first component with missing image data; null if there is none.</summary>
    public JpegComponent? Unscanned => Components.FirstOrDefault(component => component.Unscanned is not null);

    /// <summary>The fault of a header; null if it is valid.</summary>
    public static string? Fault(ReadOnlySpan<byte> body)
    {
        if (body.Length < 6 || body.Length != 6 + 3 * body[5]) return "the length of its header does not match its number of components";
        var (height, width) = Size(body);
        if (height == 0 || width == 0) return $"its header declares {height}x{width} pixels (height x width), which is empty";
        if (body[5] is 0 or > 4) return $"its header declares {body[5]} components, but a picture has 1 to 4";
        for (var i = 6; i < body.Length; i += 3)
        {
            if (body[i + 1] >> 4 is 0 or > 4 || (body[i + 1] & 15) is 0 or > 4)
                return $"its header declares the sampling {body[i + 1] >> 4}x{body[i + 1] & 15}, but each factor is 1 to 4";
        }

        return null;
    }

    /// <summary>Reads a valid header.</summary>
    public static JpegFrame Of(byte marker, ReadOnlySpan<byte> body)
    {
        var (height, width) = Size(body);
        var components = body[6..].ToArray().Chunk(3).Select(one => (Id: one[0], Across: one[1] >> 4, Down: one[1] & 15)).ToArray();
        var (mostAcross, mostDown) = (components.Max(one => one.Across), components.Max(one => one.Down));
        return new(height, width, marker == 0xC2, marker is 0xC0 or 0xC1 or 0xC2,
            [.. components.Select(one => new JpegComponent(one.Id, one.Across, one.Down,
                Ceiling(Ceiling(width * one.Across, mostAcross), Side), Ceiling(Ceiling(height * one.Down, mostDown), Side)))]);
    }

    private static (int Height, int Width) Size(ReadOnlySpan<byte> body) =>
        (BinaryPrimitives.ReadUInt16BigEndian(body[1..]), BinaryPrimitives.ReadUInt16BigEndian(body[3..]));

    private static int Ceiling(int number, int by) => (number + by - 1) / by;
}
