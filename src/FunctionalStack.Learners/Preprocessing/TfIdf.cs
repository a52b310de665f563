namespace FunctionalStack.Preprocessing;

/// <summary>
/// Counts as documents' words are weighed (Salton &amp; Buckley 1988): each column times ln((1 + n) / (1 + d)) + 1, where d of
/// the n training rows (by weight) have more or less than 0 in it, then each row divided by its Euclidean length, as
/// scikit-learn's TfidfTransformer. What is rare counts for more, and a row's total for nothing. A row of zeros stays one.
/// Missing values stay missing and count as 0.
/// </summary>
public sealed record TfIdf : ILeafTransform
{
    public string Name => "tfIdf";

    /// <summary>Fails without training rows of positive weight, and on an infinity.</summary>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) =>
        from weights in Gathered.Weights(Name, data)
        let total = weights?.Sum() ?? data.RowCount
        from words in Outcome.All(data.Frame.Columns.Where(column => column.Column is Column.Numeric).Select(column => Gathered
            .Numbers(Name, column.Name, (Column.Numeric)column.Column)
            .Map(numbers => new TfIdfMap.Word(column.Name, Math.Log((1 + total) / (1 + Present(numbers, weights))) + 1))))
        let map = new TfIdfMap(words)
        from fitted in Replacement.Agreeing(map, map.Make(data.Frame))
        select fitted;

    private static double Present(double[] numbers, double[]? weights)
    {
        var sum = 0.0;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] < 0 || numbers[i] > 0) sum += weights is null ? 1 : weights[i];
        }

        return sum;
    }
}

/// <summary>What each column counts for.</summary>
public sealed record TfIdfMap(EquatableArray<TfIdfMap.Word> Columns) : IMap
{
    /// <param name="Column">The column.</param>
    /// <param name="Weight">Its inverse document frequency; above 0.</param>
    public sealed record Word(string Column, double Weight);

    public Outcome<Frame> Apply(Frame rows) => Make(rows);

    internal Outcome<Frame> Make(Frame rows) =>
        from columns in Outcome.All(Columns.Select(word => Gathered.LaterNumbers("tfIdf", word.Column, rows).Map(column => column.ToArray())))
        from made in Replacement.Replace("tfIdf", rows, Weighed(columns, rows.RowCount))
        select made;

    private Dictionary<string, NamedColumn[]> Weighed(EquatableArray<double[]> columns, int rows)
    {
        // The largest of a row first: squares of what is divided by it neither overflow nor vanish.
        var (largest, squares) = (new double[rows], new double[rows]);
        for (var c = 0; c < columns.Count; c++)
        {
            var numbers = columns[c];
            for (var i = 0; i < rows; i++) largest[i] = Math.Max(largest[i], double.IsNaN(numbers[i]) ? 0 : Math.Abs(numbers[i]));
        }

        for (var c = 0; c < columns.Count; c++)
        {
            var numbers = columns[c];
            for (var i = 0; i < rows; i++)
            {
                if (largest[i] == 0 || double.IsNaN(numbers[i])) continue;
                var share = numbers[i] / largest[i] * Columns[c].Weight;
                squares[i] += share * share;
            }
        }

        for (var c = 0; c < columns.Count; c++)
        {
            var numbers = columns[c];
            for (var i = 0; i < rows; i++)
            {
                if (largest[i] > 0) numbers[i] = numbers[i] / largest[i] * Columns[c].Weight / Math.Sqrt(squares[i]);
            }
        }

        return Columns.Select((word, c) => (word.Column, Made: columns[c])).ToDictionary(made => made.Column, made => new[] { new NamedColumn(made.Column, new Column.Numeric(EquatableArray.Own(made.Made))) });
    }
}
