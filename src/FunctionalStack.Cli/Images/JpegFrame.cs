using System.Buffers.Binary;

namespace FunctionalStack.Cli.Images;

/// <summary>One of a JPEG file's components.</summary>
/// <param name="Id">As its scans name it.</param>
/// <param name="Across">Blocks of 8 x 8 a unit across.</param>
/// <param name="Down">Likewise down.</param>
/// <param name="BlocksWide">Blocks that its pixels take, across.</param>
/// <param name="BlocksHigh">Likewise down.</param>
internal sealed record JpegComponent(byte Id, int Across, int Down, int BlocksWide, int BlocksHigh)
{
    /// <summary>Whether a scan has held the blocks' first coefficients.</summary>
    public bool IsScanned { get; set; }

    /// <summary>Of progressive files: for each block the coefficients that are not zero so far, a bit each.</summary>
    public ulong[] NonZero => field ??= new ulong[BlocksWide * BlocksHigh];
}

/// <summary>What a JPEG file's header declares.</summary>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Pixels a row.</param>
/// <param name="IsProgressive">Whether coefficients come in several scans.</param>
/// <param name="IsHuffman">Whether they are coded by Huffman's codes, in a way that <see cref="JpegScan"/> knows.</param>
/// <param name="Components">One to four.</param>
internal sealed record JpegFrame(int Height, int Width, bool IsProgressive, bool IsHuffman, IReadOnlyList<JpegComponent> Components)
{
    private const int Side = 8;

    /// <summary>Units of all components across and down.</summary>
    public int UnitsWide => Ceiling(Width, Side * Components.Max(component => component.Across));

    /// <inheritdoc cref="UnitsWide"/>
    public int UnitsHigh => Ceiling(Height, Side * Components.Max(component => component.Down));

    /// <summary>A component without image data; null where each has some.</summary>
    public JpegComponent? Unscanned => Components.FirstOrDefault(component => !component.IsScanned);

    /// <summary>What is wrong with the header's bytes; null where nothing is.</summary>
    public static string? Fault(ReadOnlySpan<byte> body)
    {
        if (body.Length < 6 || body.Length != 6 + 3 * body[5]) return "its header is not as long as its components take";
        var (height, width) = Size(body);
        if (height == 0 || width == 0) return $"its header declares {height}x{width} pixels (height x width), and so none";
        if (body[5] is 0 or > 4) return $"its header declares {body[5]} components, where a picture has 1 to 4";
        for (var i = 6; i < body.Length; i += 3)
        {
            if (body[i + 1] >> 4 is 0 or > 4 || (body[i + 1] & 15) is 0 or > 4) return $"its header declares the sampling {body[i + 1] >> 4}x{body[i + 1] & 15}, where each is 1 to 4";
        }

        return null;
    }

    /// <summary>Reads a header without fault.</summary>
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
