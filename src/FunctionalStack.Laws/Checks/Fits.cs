namespace FunctionalStack.Laws;

/// <summary>Fits and comparisons that several laws share.</summary>
internal static class Fits
{
    // Sums in another order differ in their last digits; iterations that stop by a tolerance in somewhat more.
    private const double Bound = 1e-4;

    /// <summary>What a law finds with a fitted model; nothing if there is none.</summary>
    public static Finding With<T>(Outcome<T> fitted, Func<T, Finding> check) =>
        fitted.Match(check, failure => Finding.Nil($"it could not be fitted: {failure}"));

    /// <summary>What is wrong with predictions of rows; null for nothing.</summary>
    public static string? Fault(Prediction prediction, Target target, int rows)
    {
        if (prediction.Count != rows) return $"gives {prediction.Count} predictions of {rows} rows";
        switch (prediction, target)
        {
            case (Prediction.Numeric numeric, Target.Numeric):
                return numeric.Values.Any(number => !double.IsFinite(number)) ? "predicts a number that is not finite" : null;
            case (Prediction.Probabilities classes, Target.Classes known):
                if (classes.Levels != known.Levels)
                    return $"predicts the classes {string.Join(", ", classes.Levels)}, not {string.Join(", ", known.Levels)}";
                for (var row = 0; row < rows; row++)
                {
                    var sum = 0.0;
                    foreach (var share in classes.Row(row))
                    {
                        if (!(share is >= 0 and <= 1)) return $"predicts a probability of {share} for row {row + 1}";
                        sum += share;
                    }

                    if (Math.Abs(sum - 1) > 1e-9) return $"predicts probabilities that sum to {sum} for row {row + 1}";
                }

                return null;
            default: return $"predicts {prediction.GetType().Name} for a target of {target.GetType().Name}";
        }
    }

    /// <summary>Two fits agree but for rounding: both fail, or predict the same.</summary>
    public static Finding Agree(Outcome<double[]> one, Outcome<double[]> other, string what)
    {
        if (one is Outcome<double[]>.Fail first && other is Outcome<double[]>.Fail)
            return Finding.Nil($"it could not be fitted: {first.Failure}");
        if (!one.TryGet(out var expected, out var failure) || !other.TryGet(out var found, out failure))
            return Finding.Against($"{what}: one can be fitted, the other cannot: {failure}");
        if (expected.Length != found.Length) return Finding.Against($"{what}: {expected.Length} and {found.Length} numbers");
        var unit = Math.Max(1, expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty().Max());
        for (var at = 0; at < expected.Length; at++)
        {
            if (!expected[at].Equals(found[at]) && !(Math.Abs(expected[at] - found[at]) <= Bound * unit))
                return Finding.Against($"{what}: {expected[at]} and {found[at]}");
        }

        return Finding.Held;
    }

    public static double[] Numbers(Prediction prediction) => prediction switch
    {
        Prediction.Probabilities probabilities => [.. probabilities.Matrix],
        Prediction.Numeric numeric => [.. numeric.Values],
        _ => throw new InvalidOperationException(),
    };

    /// <summary>The numbers of a frame, and its categories as codes of their names.</summary>
    public static double[] Numbers(Frame frame) => [.. frame.Columns.SelectMany(column => column.Column switch
    {
        Column.Numeric numeric => numeric.ToArray(),
        Column.Categorical words => Enumerable.Range(0, frame.RowCount)
            .Select(row => words.LevelOf(row) is { } level ? level.Aggregate(17.0, (hash, letter) => (31 * hash + letter) % 999_983) : -1),
        _ => throw new InvalidOperationException(),
    })];

    /// <summary>A copy of all numbers of a table. Taking rows shares what is stored.</summary>
    public static double[] Copy(Dataset data) =>
    [
        .. Numbers(data.Frame),
        .. data.Target is Target.Classes classes ? classes.Codes.Select(code => (double)code) : ((Target.Numeric)data.Target).Values,
        .. data.Weights ?? default,
    ];

    /// <summary>The frequencies from <paramref name="least"/> to 2 in turn, from one of these on.</summary>
    public static int[] Times(Case one, int least) =>
        [.. Enumerable.Range(0, one.Data.RowCount).Select(row => least + (row + one.Number) % (3 - least))];

    public static EquatableArray<int> Repeated(int[] times) =>
        EquatableArray.From(times.SelectMany((count, row) => Enumerable.Repeat(row, count)));

    public static EquatableArray<double> Ones(int rows) => EquatableArray.From(Enumerable.Repeat(1.0, rows));

    public static EquatableArray<int> Shuffled(Case one)
    {
        var order = Enumerable.Range(0, one.Data.RowCount).ToArray();
        one.Seed.Fork("order").Stream().Shuffle<int>(order);
        return EquatableArray.Own(order);
    }

    /// <summary>The rows with a category that they did not have, in each column of categories; null without one.</summary>
    public static Frame? Unseen(Frame frame) => !frame.Columns.Any(column => column.Column is Column.Categorical) ? null
        : new(frame.RowCount, EquatableArray.From(frame.Columns.Select(column => column.Column is not Column.Categorical words ? column
            : column with
            {
                Column = Column.Categorical.Of([.. Enumerable.Range(0, frame.RowCount)
                .Select(row => row % 2 == 0 ? "never seen" : words.LevelOf(row))])
            })));

    /// <summary>Tables at the edge of what can be fitted.</summary>
    public static IEnumerable<(string Name, Dataset Data)> Small(Dataset data)
    {
        yield return ("one row", data.Take(EquatableArray.Of(0)));
        yield return ("no rows", data.Take(default));
        yield return ("no columns", data.WithFrame(new Frame(data.RowCount, default)));
        yield return ("one row repeated, so that all columns are constant", data.Take(EquatableArray.From(Enumerable.Repeat(0, 8))));
    }
}
