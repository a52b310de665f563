using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace FunctionalStack.IO;

/// <summary>
/// The text of a CSV file, checked to be rectangular UTF-8 with a header of distinct names. Scanning it is fast (12 MB in about
/// 4 ms), so no cells are stored: every reader of a column scans the text.
/// </summary>
internal sealed class CsvText
{
    private readonly ReadOnlyMemory<byte> utf8;
    private readonly int lineBefore;

    private CsvText(string name, ReadOnlyMemory<byte> utf8, int lineBefore, char separator, EquatableArray<string> header, int rowCount,
        BlankLines blank) =>
        (Name, this.utf8, this.lineBefore, Separator, Header, RowCount, Blank) =
            (name, utf8, lineBefore, separator, header, rowCount, blank);

    /// <summary>Which separators are read, for messages about files that may have another one.</summary>
    public const string Separators =
        "Cells are separated by commas, semicolons or tabs; for another character, write a line such as sep=| above the header.";

    public string Name { get; }

    public EquatableArray<string> Header { get; }

    public int RowCount { get; }

    public char Separator { get; }

    /// <summary>Blank lines below the header; they are not rows.</summary>
    public BlankLines Blank { get; }

    public static Outcome<CsvText> Parse(string name, ReadOnlyMemory<byte> utf8)
    {
        if (RefuseEncoding(name, utf8.Span) is { } encoding) return encoding;
        if (utf8.Span.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        var (lineBefore, declared) = TakeDeclared(ref utf8);
        var separator = declared ?? SeparatorOf(utf8.Span);
        CsvMalformedRecord? malformed = null;
        using var reader = Open(utf8, separator, record =>
        {
            // A quote in the middle of an unquoted cell, as in 5'10", is text.
            if (record.Reason != CsvMalformedReason.StrayQuote) malformed ??= record;
        });
        try
        {
            var header = EquatableArray.From(reader.Headers.Select(cell => cell.Trim()));
            if (header.Count == 0) return Refuse(name, "is empty", "Give a CSV file with a header line and at least one row.");
            if (Malformed(name, lineBefore, malformed) is { } bad) return bad;
            if (RefuseHeader(name, lineBefore, header) is { } refusal) return refusal;
            var rowCount = 0;
            while (reader.Read())
            {
                if (Malformed(name, lineBefore, malformed) is { } quote) return quote;
                if (IsRow(reader, header.Count)) rowCount++;
                else if (!IsBlank(reader)) return Ragged(name, lineBefore + reader.LineNumber, reader.FieldCount, header.Count);
            }

            return rowCount == 0
                ? Refuse(name, "has a header but no rows", "Give at least one row below the header.")
                : Outcome.Ok(new CsvText(name, utf8, lineBefore, separator, header, rowCount, BlankLines.In(utf8, lineBefore, separator)));
        }
        catch (CsvFormatException exception)
        {
            return Refuse(name, $"cannot be read as CSV: {exception.Message.TrimEnd('.')}",
                "Fix the file, or write it again as comma-separated UTF-8 text.");
        }
    }

    /// <summary>A cursor over the rows.</summary>
    public Rows Scan() => new(Open(utf8, Separator, null), Header.Count);

    /// <summary>The position of a cell, for failures: data rows count from 1, lines from the header's 1.</summary>
    public string Where(int row, int column)
    {
        using var reader = Open(utf8, Separator, _ => { });
        for (var at = -1; at < row && reader.Read();)
        {
            if (IsRow(reader, Header.Count)) at++;
        }

        return $"{Name}, row {row + 1} (line {lineBefore + reader.LineNumber}), column {Header[column]}";
    }

    /// <summary>The text of one cell, shortened for a message.</summary>
    public string Quote(int row, int column)
    {
        using var rows = Scan();
        for (var at = -1; at < row; at++) rows.Next();
        var text = Encoding.UTF8.GetString(rows.Cell(column));
        return text.Length <= 40 ? $"'{text}'" : $"'{text[..(char.IsHighSurrogate(text[39]) ? 39 : 40)]}...'";
    }

    internal readonly struct Rows(CsvReader reader, int width) : IDisposable
    {
        public bool Next()
        {
            while (reader.Read())
            {
                if (IsRow(reader, width)) return true;
            }

            return false;
        }

        /// <summary>Valid until the next call of <see cref="Next"/>.</summary>
        public ReadOnlySpan<byte> Cell(int column) => reader.GetSpan(column);

        public void Dispose() => reader.Dispose();
    }

    private static CsvReader Open(ReadOnlyMemory<byte> utf8, char separator, Action<CsvMalformedRecord>? onMalformed) =>
        CsvReader.Create(utf8,
            CsvReaderOptions.Default
            with
            { Separator = separator, TrackLineNumbers = onMalformed is not null, OnMalformedRecord = onMalformed });

    // In a file of one column, a line of spaces is as blank as an empty one, but "" is a row.
    private static bool IsRow(CsvReader reader, int width) => reader.FieldCount == width && (width > 1 || !IsBlank(reader));

    private static bool IsBlank(CsvReader reader) => reader.FieldCount == 1 && reader.RawRecord.Trim(" \t\r\n"u8).IsEmpty;

    // Excel's first line, sep=;, gives the separator.
    private static (int Lines, char? Separator) TakeDeclared(ref ReadOnlyMemory<byte> utf8)
    {
        var end = utf8.Span.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0) return (0, null);
        var line = utf8.Span[..end].Trim("\" \t,;"u8);
        var declared = utf8.Span[..end].Trim("\" "u8);
        if (!line.StartsWith("sep="u8) || declared.Length != 5) return (0, null);
        var separator = (char)declared[4];
        utf8 = utf8[(utf8.Span[end..].StartsWith("\r\n"u8) ? end + 2 : end + 1)..];
        return (1, separator);
    }

    private static char SeparatorOf(ReadOnlySpan<byte> utf8)
    {
        utf8 = utf8.TrimStart("\r\n"u8);
        Span<int> counts = stackalloc int[3];
        var quoted = false;
        foreach (var octet in utf8)
        {
            if (octet == (byte)'"') quoted = !quoted;
            if (quoted) continue;
            if (octet is (byte)'\r' or (byte)'\n') break;
            var at = ",;\t"u8.IndexOf(octet);
            if (at >= 0) counts[at]++;
        }

        return counts[0] >= Math.Max(counts[1], counts[2]) ? ',' : counts[1] >= counts[2] ? ';' : '\t';
    }

    private static Outcome<CsvText>? RefuseEncoding(string name, ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty) return Refuse(name, "is empty", "Give a CSV file with a header line and at least one row.");
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || utf8.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Refuse(name, "is UTF-16 text", "Save it as UTF-8.");
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return Refuse(name, "is gzip-compressed", "Decompress it first.");
        if (utf8.StartsWith("PK\x03\x04"u8))
            return Refuse(name, "is a zip archive or a spreadsheet", "Unpack it, or save the sheet as CSV (UTF-8).");
        if (utf8.IndexOf((byte)0) is var nul and >= 0)
            return Refuse(name, $"holds a NUL byte on line {LineAt(utf8, nul)}: it is a binary file, not text", "Give a CSV file.");
        return Utf8.IsValid(utf8)
            ? null : Refuse(name, $"is not valid UTF-8 on line {LineAt(utf8, FirstInvalid(utf8))}", "Save it as UTF-8 text.");
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

    private static Outcome<CsvText>? RefuseHeader(string name, int lineBefore, EquatableArray<string> header)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++)
        {
            if (header[i].Length == 0)
                return Refuse($"{name}, line {lineBefore + 1}", $"column {i + 1} of {header.Count} has no name",
                    "Name it, or delete that column.");
            if (!seen.TryAdd(header[i], i))
                return Refuse($"{name}, line {lineBefore + 1}", $"columns {seen[header[i]] + 1} and {i + 1} are both named '{header[i]}'",
                    "Rename one of them.");
        }

        return null;
    }

    private static Outcome<CsvText>? Malformed(string name, int lineBefore, CsvMalformedRecord? found) => found?.Reason switch
    {
        CsvMalformedReason.UnterminatedQuote =>
            Refuse($"{name}, line {lineBefore + found.Value.LineNumber}",
                "a quoted cell opens in the row that starts here and is never closed",
                "Add the closing quote; a quote inside a quoted cell is written twice."),
        CsvMalformedReason.TextAfterClosingQuote =>
            Refuse($"{name}, line {lineBefore + found.Value.LineNumber}", "there is text after a cell's closing quote",
                "Write a quote inside a quoted cell twice, or remove the text after it."),
        _ => null,
    };

    private static Outcome<CsvText> Ragged(string name, long line, int found, int expected) =>
        Refuse($"{name}, line {line}",
            $"there are {found} cells, but the header names {(expected == 1 ? "1 column" : $"{expected} columns")}",
            "Add or remove cells, or put quotes around a cell that holds a separator."
                + (expected == 1 ? $" {Separators}" : ""));

    private static Outcome<CsvText> Refuse(string where, string what, string remedy) => Outcome.Fail<CsvText>(where, what, remedy);
}
