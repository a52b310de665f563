namespace FunctionalStack.Preprocessing;

/// <summary>
/// Bag of words: a categorical column X of texts becomes a numeric column <c>X:word</c> for each of its most frequent words, in place.
/// The values are counts weighted by TF-IDF and scaled to unit Euclidean length (Salton &amp; Buckley 1988), as by scikit-learn's
/// TfidfVectorizer with <c>max_features</c>, where the words are chosen by the number of rows that contain them. Other columns are
/// unchanged.
/// </summary>
/// <remarks>
/// A column is one of texts if it has at least <paramref name="MinLevels"/> levels, at least <paramref name="MinDistinct"/> of them per
/// row, with at least <paramref name="MinWords"/> words without digits on average (<see cref="Texts"/>). The inverse document frequency of
/// a word in d of n training rows (by weight) is ln((1 + n) / (1 + d)) + 1. Words of every row are left out. Rows without any of the words,
/// and
/// missing texts, are 0 in all columns. A column of texts without frequent words is unchanged.
/// </remarks>
/// <param name="MaxWords">The maximum number of words per column; at least 1. Of equally frequent words the first in ordinal order.</param>
/// <param name="MinCount">The minimum summed weight (count) of the rows that contain a word; at least 1.</param>
/// <param name="MinWords">The minimum mean number of words of the levels of a text column; at least 0.</param>
/// <param name="MinLevels">The minimum number of levels of a text column; at least 0.</param>
/// <param name="MinDistinct">The minimum number of levels per row, by weight, that is not missing; from 0 to 1.</param>
public sealed record BagOfWords(int MaxWords = 100, int MinCount = 5, double MinWords = Texts.LeastWords,
    int MinLevels = Texts.LeastLevels, double MinDistinct = Texts.LeastDistinct) : ILeafTransform
{
    /// <inheritdoc/>
    public string Name => "bagOfWords";

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(
        Name,
        Ensure.AtLeast("maxWords", MaxWords, 1),
        Ensure.AtLeast("minCount", MinCount, 1),
        Ensure.That(MinWords >= 0 && double.IsFinite(MinWords), "minWords", MinWords, "a finite number of at least 0"),
        Ensure.AtLeast("minLevels", MinLevels, 0),
        Ensure.FromZeroToOne("minDistinct", MinDistinct));

    /// <summary>Fails if no training row has positive weight, or if <c>X:word</c> already exists.</summary>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) => Gathered.Weights(Name, data).Bind(weights =>
    {
        var total = weights?.Sum() ?? data.RowCount;
        var texts = data.Frame.Columns.Where(column => column.Column is Column.Categorical)
            .Select(column => Known(column.Name, (Column.Categorical)column.Column, weights, total));
        var map = new BagOfWordsMap(EquatableArray.From(texts.OfType<BagOfWordsMap.Text>()));
        return Replacement.Agreeing(map, map.Make(data.Frame));
    });

    private BagOfWordsMap.Text? Known(string name, Column.Categorical column, double[]? weights, double total)
    {
        var mass = Gathered.Mass(column, weights);
        if (!Texts.Are(column.Levels, mass.AsSpan(0, column.Levels.Count), MinLevels, MinWords, MinDistinct)) return null;
        var rows = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var level = 0; level < column.Levels.Count; level++)
        {
            if (mass[level] == 0) continue;
            foreach (var word in Texts.WordsOf(column.Levels[level]).Distinct(StringComparer.Ordinal))
                rows[word] = rows.GetValueOrDefault(word) + mass[level];
        }

        // What all rows contain does not distinguish them.
        var chosen = rows.Where(pair => pair.Value >= MinCount && pair.Value < total).OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MaxWords).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        return chosen.Length == 0 ? null : new(name, EquatableArray.From(chosen.Select(pair => pair.Key)),
            EquatableArray.From(chosen.Select(pair => TfIdf.Weight(total, pair.Value))));
    }
}

/// <summary>Replaces columns of texts by one column per word.</summary>
/// <param name="Columns">The columns.</param>
public sealed record BagOfWordsMap(EquatableArray<BagOfWordsMap.Text> Columns) : IRowwiseMap
{
    /// <summary>The words of a column.</summary>
    /// <param name="Column">The replaced column.</param>
    /// <param name="Words">The words, in ordinal order.</param>
    /// <param name="Weights">The inverse document frequency of each; above 0.</param>
    public sealed record Text(string Column, EquatableArray<string> Words, EquatableArray<double> Weights) : IConsistent
    {
        string? IConsistent.Inconsistency => Consistency.Count("weights", Weights.Count, Words.Count);
    }

    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) => Make(rows);

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns, Func<EquatableArray<string>, EquatableArray<string>> next)
    {
        var own = columns.Intersect(Columns.Select(text => text.Column)).ToHashSet(StringComparer.Ordinal);
        var unchanged = EquatableArray.From(columns.Where(column => !own.Contains(column)));
        var words = Columns.SelectMany(text => text.Words.Select(word => NameOf(text, word)));
        var read = next([.. unchanged, .. words]).ToHashSet(StringComparer.Ordinal);
        return EquatableArray.From(columns.Where(column => own.Contains(column) || read.Contains(column)));
    }

    RowMap? IRowwiseMap.ForRow(Frame columns) => Replacement.ForRow(this, columns, Columns.Select(text => (text.Column,
        columns.PlaceOf(text.Column) is { } place && columns.Columns[place].Column is Column.Categorical { Levels: var levels }
            ? (RowFunction)new WordCells(text, place, levels) : null)));

    /// <summary>The weighted words of a text.</summary>
    private sealed class WordCells(Text text, int place, EquatableArray<string> levels) : RowFunction
    {
        private readonly Func<string, int> placeOf = PlaceOf(text, int.MaxValue);

        public override int Count => text.Words.Count;

        public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
        {
            results.Clear();
            if (row.LevelOf(place, levels) is not { } level) return true;
            foreach (var (word, value) in Values(text, placeOf, level)) results[word] = value;
            return true;
        }
    }

    /// <summary>The name of the column of a word.</summary>
    internal static string NameOf(Text text, string word) => $"{text.Column}:{word}";

    internal Outcome<Frame> Make(Frame rows) => Replacement.Replace("bagOfWords", rows, Columns.ToDictionary(
        text => text.Column, text => Counted(text, Gathered.LaterCategories(text.Column, rows))));

    private static NamedColumn[] Counted(Text text, Column.Categorical column)
    {
        var place = PlaceOf(text, column.Count);
        var numbers = text.Words.Select(_ => new double[column.Count]).ToArray();
        var ofLevel = new (int Word, double Value)[]?[column.Levels.Count];
        for (var row = 0; row < column.Count; row++)
        {
            if (column[row] is not (var code and >= 0)) continue;
            foreach (var (word, value) in ofLevel[code] ??= Values(text, place, column.Levels[code])) numbers[word][row] = value;
        }

        return [.. text.Words.Select((word, w) =>
            new NamedColumn(NameOf(text, word), new Column.Numeric(EquatableArray.Own(numbers[w]))))];
    }

    // The index of a word; negative if it is unknown.
    private static Func<string, int> PlaceOf(Text text, int rows)
    {
        // For one row or a few, searching the ordered words is cheaper than a dictionary of all of them.
        if (rows <= Levels.FewRows) return word => text.Words.AsSpan().BinarySearch(word, StringComparer.Ordinal);
        var place = new Dictionary<string, int>(text.Words.Count, StringComparer.Ordinal);
        for (var w = 0; w < text.Words.Count; w++) place[text.Words[w]] = w;
        return word => place.GetValueOrDefault(word, -1);
    }

    private static (int Word, double Value)[] Values(Text text, Func<string, int> place, string level)
    {
        var words = new List<int>();
        foreach (var word in Texts.WordsOf(level))
        {
            if (place(word) is var at and >= 0) words.Add(at);
        }

        words.Sort();
        var counted = new List<(int Word, double Value)>(words.Count);
        var squares = 0.0;
        for (var (from, to) = (0, 0); from < words.Count; from = to)
        {
            while (to < words.Count && words[to] == words[from]) to++;
            var value = (to - from) * text.Weights[words[from]];
            counted.Add((words[from], value));
            squares += value * value;
        }

        var length = Math.Sqrt(squares);
        return length > 0 ? [.. counted.Select(one => (one.Word, one.Value / length))] : [];
    }
}
