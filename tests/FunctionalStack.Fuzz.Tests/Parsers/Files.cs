using FunctionalStack.Columnar;
using FunctionalStack.IO;
using FunctionalStack.IO.Tests.Pictures;

namespace FunctionalStack.Fuzz.Tests;

/// <summary>Parsers of binary tables and images.</summary>
internal static class Files
{
    private static readonly Frame Rows = new(4, EquatableArray.Of(
        new NamedColumn("a", new Column.Numeric(EquatableArray.Of(1, double.NaN, 2.5, -3))),
        new NamedColumn("b", Column.Categorical.Of("x", null, "y", "x")),
        new NamedColumn("y", Column.Categorical.Of("p", "q", "p", "q"))));

    // The packages that read these formats believe some lengths: of ten thousand changed files one takes gigabytes, or does not end
    // (docs/reliability.md). These seeds have none of them.
    private const int Known = 1000;

    public static Parser Parquet { get; } = new("parquet", [Bytes(stream => ParquetFile.Write(stream, Rows))],
        ["PAR1", "\u0015\u0000", "schema", "\u0019"], bytes => Table(ParquetFile.Read("fuzz.parquet", new MemoryStream(bytes))))
    { Most = Known };

    public static Parser Arrow { get; } = new("arrow", [Bytes(stream => ArrowFile.Write(stream, Rows))],
        ["ARROW1\u0000\u0000", "\u0010\u0000\u0000\u0000", "pandas"], bytes => Table(ArrowFile.Read("fuzz.arrow", new MemoryStream(bytes))))
    { Most = Known };

    public static Parser Images { get; } = new("idx-images", [[0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, .. new byte[12]]], ["\u0000\u0000\u0008\u0003"],
        bytes => TemporaryFile.Read(bytes, path => IdxFile.ReadImages(path) is Outcome<IdxImages>.Ok { Value: var images }
            && images.Pixels.Count != (long)images.Count * images.Height * images.Width ? "the pixels are not those of the header" : null));

    public static Parser Labels { get; } = new("idx-labels", [[0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3]], ["\u0000\u0000\u0008\u0001"],
        bytes => TemporaryFile.Read(bytes, path => IdxFile.ReadLabels(path) is Outcome<EquatableArray<int>>.Ok { Value.Count: 0 } ? "no label" : null));

    public static Parser Pictures { get; } = new("pictures",
    [
        PngFile.Png(3, 2, 0, [[0, 1, 2, 3], [1, 4, 5, 6]]), PngFile.Png(2, 2, 2, [[2, 1, 2, 3, 4, 5, 6], [4, 9, 8, 7, 6, 5, 4]]),
        PngFile.Png(9, 3, 0, [[0, 1, 2], [3, 4, 5], [0, 6, 7]], depth: 1), Photographs.Grey, Photographs.Colour, Photographs.Progressive,
        Photographs.Restarting, Photographs.Gif,
    ],
    ["IHDR", "IDAT", "PLTE", "tRNS", "\u00ff\u00da", "GIF89a", "BM", "IEND"],
    bytes => IO.Pictures.Decode("fuzz", bytes) is Outcome<DecodedImage>.Ok { Value: var image }
        && image.Pixels.Length != (long)image.Height * image.Width * image.Channels ? "the pixels are not those of the size" : null)
    {
        // Most changes of a PNG file would end at the checksum of a chunk.
        Finish = (bytes, seed) => seed % 4 == 0 ? bytes : PngFile.WithChecksums(bytes),
    };

    private static byte[] Bytes(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static string? Table(Outcome<Table> read)
    {
        if (read is not Outcome<Table>.Ok { Value: var table }) return null;
        return table.Frame() is Outcome<Frame>.Ok { Value: var frame } && frame.RowCount != table.RowCount
            ? $"{table.RowCount} rows became {frame.RowCount}" : null;
    }
}
