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

/// <summary>Assigns a code to each distinct string. Strings are looked up as UTF-8, so that only a new one allocates. Mutable; for use inside one function.</summary>
/// <param name="rowCount">The number of rows.</param>
/// <param name="missing">Additional spellings of missing values.</param>
/// <param name="space">The treatment of white space.</param>
internal sealed class WordCodes(int rowCount, EquatableArray<string> missing, WhiteSpace space = WhiteSpace.Trimmed) : IColumnFill
{
    private readonly List<string> words = [];
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

            code = words.Count;
            known[text] = code;
            words.Add(Encoding.UTF8.GetString(text));
        }

        codes[row] = code;
    }

    /// <summary>One string per row; null where missing.</summary>
    public EquatableArray<string?> Words() => EquatableArray.From(codes.Select(code => code < 0 ? null : words[code]));

    /// <summary>Strings that would be missing in a numeric column, with their numbers of rows.</summary>
    public EquatableArray<SpellingCount> Kept()
    {
        var kept = words.Select((word, code) => (word, code)).Where(pair => MissingText.InNumbers(pair.word)).ToArray();
        return EquatableArray.From(kept.Select(pair => new SpellingCount(pair.word, codes.Count(code => code == pair.code))));
    }

    /// <summary>Two strings that may be meant as one, if any, and what they have in common.</summary>
    public (string One, string Other, string Why)? Alike() =>
        Alike(word => NumberText.TryExact(word, out var number) ? Word.Of(number) : null, "are the same number")
        ?? Alike(word => word.ToLowerInvariant(), "differ only in case");

    private (string One, string Other, string Why)? Alike(Func<string, string?> key, string why)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            if (key(word) is not { } same || seen.TryAdd(same, word)) continue;
            return string.CompareOrdinal(seen[same], word) < 0 ? (seen[same], word, why) : (word, seen[same], why);
        }

        return null;
    }

    Column IColumnFill.Column() => Column();

    /// <summary>The levels in ordinal order, so that the order of rows has no effect.</summary>
    public Column.Categorical Column()
    {
        var levels = words.Order(StringComparer.Ordinal).ToArray();
        var place = new Dictionary<string, int>(levels.Length, StringComparer.Ordinal);
        for (var i = 0; i < levels.Length; i++) place[levels[i]] = i;
        var moved = words.Select(word => place[word]).ToArray();
        return FunctionalStack.Column.Categorical.Known(EquatableArray.Own(levels), EquatableArray.Own(Array.ConvertAll(codes, code => code < 0 ? -1 : moved[code])));
    }
}
