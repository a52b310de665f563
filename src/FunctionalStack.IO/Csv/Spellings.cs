using System.Text;

namespace FunctionalStack.IO;

/// <summary>Counts the spellings of missing values in a column, except empty cells. Mutable; for use inside one function.</summary>
internal sealed class Spellings
{
    private Dictionary<string, int>? counts;

    public void Add(ReadOnlySpan<byte> cell)
    {
        cell = Cell.Trim(cell);
        if (cell.IsEmpty) return;
        counts ??= new(StringComparer.Ordinal);
        Span<char> buffer = stackalloc char[Cell.Longest];
        var known = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        var text = Cell.Chars(cell, buffer);
        known.TryGetValue(text, out var count);
        known[text] = count + 1;
    }

    /// <summary>The most frequent spelling first.</summary>
    public EquatableArray<SpellingCount> Counts => counts is null ? default : EquatableArray.From(counts
        .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => new SpellingCount(pair.Key, pair.Value)));
}
