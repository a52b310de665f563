using System.Text;

namespace FunctionalStack.IO;

/// <summary>What becomes of white space around a word.</summary>
internal enum WhiteSpace
{
    /// <summary>It is no part of the word, and words may stand for a missing value.</summary>
    Trimmed,

    /// <summary>It is kept, as all else of the word: for ids, of which only an empty one is missing.</summary>
    Kept,
}

/// <summary>Gives each distinct word a code, looking words up by their UTF-8 so that only a new word allocates. Mutable; for use inside one function.</summary>
/// <param name="rowCount">How many rows there are.</param>
/// <param name="missing">Further spellings of a missing value.</param>
/// <param name="space">What white space means.</param>
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

    /// <summary>A word per row, null where it is missing.</summary>
    public EquatableArray<string?> Words() => EquatableArray.From(codes.Select(code => code < 0 ? null : words[code]));

    /// <summary>Words that in a column of numbers would be missing, with the rows that hold them.</summary>
    public EquatableArray<SpellingCount> Kept()
    {
        var kept = words.Select((word, code) => (word, code)).Where(pair => MissingText.InNumbers(pair.word)).ToArray();
        return EquatableArray.From(kept.Select(pair => new SpellingCount(pair.word, codes.Count(code => code == pair.code))));
    }

    /// <summary>Two words that somebody may have meant to be one, if there are such, and what they have in common.</summary>
    public (string One, string Other, string Why)? Alike() =>
        Alike(word => NumberText.TryExact(word, out var number) ? Word.Of(number) : null, "the same number")
        ?? Alike(word => word.ToLowerInvariant(), "the same but for capitals");

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

    /// <summary>The levels in ordinal order: the order of rows leaves no trace.</summary>
    public Column.Categorical Column()
    {
        var levels = words.Order(StringComparer.Ordinal).ToArray();
        var place = new Dictionary<string, int>(levels.Length, StringComparer.Ordinal);
        for (var i = 0; i < levels.Length; i++) place[levels[i]] = i;
        var moved = words.Select(word => place[word]).ToArray();
        return FunctionalStack.Column.Categorical.Known(EquatableArray.Own(levels), EquatableArray.Own(Array.ConvertAll(codes, code => code < 0 ? -1 : moved[code])));
    }
}
