using CsvHelper;

namespace FunctionalStack.IO;

/// <summary>Lines of white space only, which are not rows of a table.</summary>
/// <param name="Count">The number of blank lines below the first line that is not blank.</param>
/// <param name="First">The line number of the first one; 0 if there is none.</param>
internal readonly record struct BlankLines(int Count, long First)
{
    /// <summary>The blank lines of a CSV text, without line breaks inside quoted cells.</summary>
    public static BlankLines In(ReadOnlyMemory<byte> utf8, int lineBefore, char separator)
    {
        if (!MayHold(utf8.Span)) return default;
        var (count, first) = (0, 0L);
        var options = CsvReaderOptions.Default with
        {
            HasHeader = false,
            Separator = separator,
            SkipEmptyLines = false,
            TrackLineNumbers = true,
            OnMalformedRecord = _ => { },
        };
        using var reader = CsvReader.Create(utf8, options);
        for (var rows = -1; reader.Read();)
        {
            if (!reader.RawRecord.Trim(" \t\r\n"u8).IsEmpty) rows++;
            else if (rows >= 0 && count++ == 0) first = lineBefore + reader.LineNumber;
        }

        return new(count, first);
    }

    public Note? Note(string name) => Count == 0 ? null : new(
        name, Count == 1
            ? $"line {First} is blank and is not read as a row"
            : $"{Count} blank lines are not read as rows, the first of them line {First}");

    // Most files have none; a fast scan shows it.
    private static bool MayHold(ReadOnlySpan<byte> utf8)
    {
        for (var at = 0; utf8[at..].IndexOfAny((byte)'\n', (byte)'\r') is var next and >= 0;)
        {
            at += next + 1;
            if (at < utf8.Length && utf8[at - 1] == '\r' && utf8[at] == '\n') at++;
            if (at < utf8.Length && utf8[at] is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t') return true;
        }

        return false;
    }
}
