using System.Numerics;
using System.Text;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Onnx;

/// <summary>
/// Bag of words. Texts are split by the operator Tokenizer, which is not ONNX's own but onnxruntime's. ONNX has no lower case, so that
/// words are
/// split again, into letters, and each letter in either case is one number. A word is then a few whole numbers below 2^52, which are
/// compared
/// with those of the known words.
/// </summary>
internal static class WordCounts
{
    /// <summary>The domain of onnxruntime's own operators.</summary>
    public const string Domain = "com.microsoft";

    private const string Usual = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int LeastLetters = 2;
    private const int Bits = 52;

    public static Outcome<GraphFrame> Write(BagOfWordsMap map, GraphFrame rows, Scope scope) => map.Columns.Count == 0 ? Outcome.Ok(rows)
        : Outcome.All(map.Columns.Select(text => rows.Words(text.Column))).Map(words => rows.Replace(
            map.Columns.Zip(words).ToDictionary(pair => pair.First.Column, pair => Columns(pair.First, pair.Second))))
            .Noting([new Note(scope.Path, "the file needs onnxruntime: it splits texts by the operator Tokenizer, which is not in ONNX")]);

    private static EquatableArray<GraphColumn> Columns(BagOfWordsMap.Text text, Edge texts)
    {
        if (text.Words.Count == 0) return default;
        var values = Counts(text.Words, texts) * Arrays.Row(text.Weights.AsSpan());
        var length = values.SquaresOver(1).Sqrt();
        return GraphFrame.ColumnsOf(length.IsAbove(0.0).Choose(values / length, 0.0),
            EquatableArray.From(text.Words.Select(word => BagOfWordsMap.NameOf(text, word))));
    }

    // [N, words].
    private static Edge Counts(EquatableArray<string> known, Edge texts)
    {
        // One more row, so that there is a word even if no text has one.
        var some = Arrays.Concat(0, [texts.Reshape(-1), Tensor.Of(["aa"], 1)]);
        var words = Tokens(some, LeastLetters, NodeAttribute.Of("tokenexp", $"[{Letters}]+"));

        // With the usual letters and digits, the folds of a stack have the same alphabet, and share these nodes.
        var alphabet = known.SelectMany(word => word).Concat(Usual).Distinct().Order().ToArray();
        var letters = Tokens(words.Reshape(-1), 1, NodeAttribute.Of("separators", [""])).Encode(
            [("", 0), .. Cased(alphabet).Select(pair => ($"{pair.Letter}", pair.Code))], alphabet.Length + 1).Cast(ElementType.Double);
        var isKnown = Matches(known, alphabet, letters);
        var shape = Arrays.Concat(0, [new Operation("Shape", [words])[0], Arrays.Indices(known.Count)]);
        var counts = new Operation("Reshape", [isKnown, shape])[0].SumOver(1, keep: false);
        return new Operation("Slice", [counts, Arrays.Indices(0), Arrays.Indices(-1), Arrays.Indices(0)])[0];
    }

    // [all words, known words]: 1 where they are equal.
    private static Edge Matches(EquatableArray<string> known, char[] alphabet, Edge letters)
    {
        var bits = BitOperations.Log2((uint)alphabet.Length + 1) + 1;
        var together = Bits / bits;
        var parts = (known.Max(word => word.Length) + together - 1) / together;
        var longest = parts * together;
        var padded = letters.Padded(longest);
        var first = Slice(padded, 0, longest);
        var places = new double[longest * parts];
        for (var at = 0; at < longest; at++) places[at * parts + at / together] = Math.ScaleB(1, bits * (at % together));
        var keys = first.MatMul(Arrays.Matrix(places, parts));
        var equal = Slice(padded, longest, int.MaxValue).SumOver(1).Is(0.0);
        for (var part = 0; part < parts; part++)
        {
            var own = known.Select(word => word.Skip(part * together).Take(together)
                .Select((letter, at) => Math.ScaleB(Array.IndexOf(alphabet, letter) + 1, bits * at)).Sum());
            equal = equal.And(keys.Columns([part]).Is(Arrays.Row([.. own])));
        }

        return equal.AsNumber();
    }

    private static Edge Slice(Edge x, long from, long to) =>
        new Operation("Slice", [x, Arrays.Indices(from), Arrays.Indices(to), Arrays.Indices(1)])[0];

    private static Edge Tokens(Edge texts, int least, NodeAttribute by) => new Operation("Tokenizer", [texts],
        by, NodeAttribute.Of("mark", 0L), NodeAttribute.Of("mincharnum", (long)least), NodeAttribute.Of("pad_value", ""))
    { Domain = Domain }[0];

    // Every letter that is one of the alphabet in lower case.
    private static IEnumerable<(char Letter, long Code)> Cased(char[] alphabet)
    {
        for (var letter = 0; letter <= char.MaxValue; letter++)
        {
            if (char.IsLetterOrDigit((char)letter) && Array.IndexOf(alphabet, char.ToLowerInvariant((char)letter)) is var at and >= 0)
                yield return ((char)letter, at + 1);
        }
    }

    // What Texts.WordsOf reads as a letter, as ranges of a regular expression.
    private static string Letters { get; } = Ranges();

    private static string Ranges()
    {
        var ranges = new StringBuilder();
        for (var from = 0; from <= char.MaxValue; from++)
        {
            if (!char.IsLetterOrDigit((char)from)) continue;
            var to = from;
            while (to < char.MaxValue && char.IsLetterOrDigit((char)(to + 1))) to++;
            ranges.Append($@"\x{{{from:X}}}-\x{{{to:X}}}");
            from = to;
        }

        return ranges.ToString();
    }
}
