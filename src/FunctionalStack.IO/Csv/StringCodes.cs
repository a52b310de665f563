using System.Text;

namespace FunctionalStack.IO;

/// <summary>The treatment of white space around a string.</summary>
internal enum WhiteSpace
{
    /// <summary>It is removed, and the string may be a spelling of a missing value.</summary>
    Trimmed,

    /// <summary>It is kept, as is the whole string: for ids, which are missing only if empty.</summary>
    Kept,
}

/// <summary>Assigns a code to each distinct string. Strings are looked up as UTF-8, so that only a new one allocates. Mutable; for use
/// inside one function.</summary>
/// <param name="rowCount">The number of rows.</param>
/// <param name="missing">Additional spellings of missing values.</param>
/// <param name="space">The treatment of white space.</param>
internal sealed class StringCodes(int rowCount, EquatableArray<string> missing, WhiteSpace space = WhiteSpace.Trimmed) : IColumnFill
{
    private readonly List<string> strings = [];
    private readonly Dictionary<byte[], int> codeOf = new(new Utf8Comparer());
    private readonly int[] codes = new int[rowCount];

    public Spellings Missing { get; } = new();

    public void Add(int row, ReadOnlySpan<byte> text)
    {
        if (space == WhiteSpace.Trimmed) text = Cell.Trim(text);
        var known = codeOf.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (!known.TryGetValue(text, out var code))
        {
            if (text.IsEmpty || (space == WhiteSpace.Trimmed && Cell.IsMissing(text, missing)))
            {
                codes[row] = -1;
                Missing.Add(text);
                return;
            }

            code = strings.Count;
            known[text] = code;
            strings.Add(Encoding.UTF8.GetString(text));
        }

        codes[row] = code;
    }

    /// <summary>One string per row; null where missing.</summary>
    public EquatableArray<string?> Strings() => EquatableArray.From(codes.Select(code => code < 0 ? null : strings[code]));

    /// <summary>Strings that would be missing in a numeric column, with their numbers of rows.</summary>
    public EquatableArray<SpellingCount> Kept()
    {
        var kept = strings.Select((text, code) => (text, code)).Where(pair => MissingText.InNumbers(pair.text)).ToArray();
        return EquatableArray.From(kept.Select(pair => new SpellingCount(pair.text, codes.Count(code => code == pair.code))));
    }

    /// <summary>Two strings that may be meant as one, if any, and what they have in common.</summary>
    public (string One, string Other, string Why)? Alike() =>
        Alike(text => NumberText.TryExact(text, out var number) ? Word.Of(number) : null, "are the same number")
        ?? Alike(text => text.ToLowerInvariant(), "differ only in case");

    private (string One, string Other, string Why)? Alike(Func<string, string?> key, string why)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in strings)
        {
            if (key(text) is not { } same || seen.TryAdd(same, text)) continue;
            return string.CompareOrdinal(seen[same], text) < 0 ? (seen[same], text, why) : (text, seen[same], why);
        }

        return null;
    }

    Column IColumnFill.Column() => Column();

    /// <summary>The levels in ordinal order, so that the order of rows has no effect.</summary>
    public Column.Categorical Column()
    {
        var levels = strings.Order(StringComparer.Ordinal).ToArray();
        var place = new Dictionary<string, int>(levels.Length, StringComparer.Ordinal);
        for (var i = 0; i < levels.Length; i++) place[levels[i]] = i;
        var moved = strings.Select(text => place[text]).ToArray();
        return FunctionalStack.Column.Categorical.Known(EquatableArray.Own(levels),
            EquatableArray.Own(Array.ConvertAll(codes, code => code < 0 ? -1 : moved[code])));
    }
}
