using System.Text;
using System.Text.Unicode;

namespace FunctionalStack.IO;

/// <summary>Checks that the bytes of a file are UTF-8 text.</summary>
internal static class CsvEncoding
{
    private const string Columnar =
        "Give its path to fstack, or read it with TableFile.Read of the package FunctionalStack.Columnar.";

    /// <summary>Why the start of a file is not text; null if it is.</summary>
    public static Failure? Refusal(string name, ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return new(name, "is empty", "Give a CSV file with a header line and at least one row.");
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || utf8.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return new(name, "is UTF-16 text", "Save it as UTF-8.");
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return new(name, "is gzip-compressed", "Decompress it first.");
        if (utf8.StartsWith("PK\x03\x04"u8))
            return new(name, "is a zip archive or a spreadsheet", "Unpack it, or save the sheet as CSV (UTF-8).");
        if (utf8.StartsWith("PAR1"u8)) return new(name, "is a Parquet file, not CSV text", Columnar);
        if (utf8.StartsWith("ARROW1"u8)) return new(name, "is an Arrow file, not CSV text", Columnar);
        return Unreadable(name, utf8, 0);
    }

    /// <summary>Why a block of a file is not UTF-8 text; null if it is.</summary>
    public static Failure? Unreadable(string name, ReadOnlySpan<byte> utf8, long lineBefore)
    {
        if (utf8.IndexOf((byte)0) is var nul and >= 0)
            return new(name, $"holds a NUL byte on line {lineBefore + LineAt(utf8, nul)}: it is a binary file, not text",
                "Give a CSV file.");
        return Utf8.IsValid(utf8)
            ? null
            : new(name, $"is not valid UTF-8 on line {lineBefore + LineAt(utf8, FirstInvalid(utf8))}", "Save it as UTF-8 text.");
    }

    private static int LineAt(ReadOnlySpan<byte> utf8, int offset) => utf8[..offset].Count((byte)'\n') + 1;

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        for (var at = 0; at < utf8.Length;)
        {
            if (Rune.DecodeFromUtf8(utf8[at..], out _, out var length) != System.Buffers.OperationStatus.Done) return at;
            at += length;
        }

        return utf8.Length;
    }
}
