using CsvHelper;

namespace FunctionalStack.IO;

/// <summary>Lines of white space only, which are not rows of a table.</summary>
/// <param name="Count">The number of blank lines below the first line that is not blank.</param>
/// <param name="First">The line number of the first one; 0 if there is none.</param>
internal readonly record struct BlankLines(int Count, long First)
{
    /// <summary>The blank lines of a CSV text, without line breaks inside quoted cells.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="lineBefore">The number of lines before the text.</param>
    /// <param name="separator">The separator of cells.</param>
    /// <param name="headed">Whether the text starts with the header, so that blank lines before it do not count.</param>
    public static BlankLines In(ReadOnlyMemory<byte> utf8, long lineBefore, char separator, bool headed)
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
        for (var rows = headed ? -1 : 0; reader.Read();)
        {
            if (!reader.RawRecord.Trim(" \t\r\n"u8).IsEmpty) rows++;
            else if (rows >= 0 && count++ == 0) first = lineBefore + reader.LineNumber;
        }

        return new(count, first);
    }

    /// <summary>The blank lines of two texts, the second of which follows the first.</summary>
    public BlankLines Then(BlankLines next) => new(Count + next.Count, Count > 0 ? First : next.First);

    public Note? Note(string name) => Count == 0 ? null : new(
        name, Count == 1
            ? $"line {First} is blank and is not read as a row"
            : $"{Count} blank lines are not read as rows, the first of them line {First}");

    // Most files have none; a fast scan shows it.
    private static bool MayHold(ReadOnlySpan<byte> utf8)
    {
        if (!utf8.IsEmpty && IsSpace(utf8[0])) return true;
        for (var at = 0; utf8[at..].IndexOfAny((byte)'\n', (byte)'\r') is var next and >= 0;)
        {
            at += next + 1;
            if (at < utf8.Length && utf8[at - 1] == '\r' && utf8[at] == '\n') at++;
            if (at < utf8.Length && IsSpace(utf8[at])) return true;
        }

        return false;
    }

    private static bool IsSpace(byte octet) => octet is (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t';
}
