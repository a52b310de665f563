namespace FunctionalStack.Preprocessing;

/// <summary>
/// TF-IDF weighting of counts (Salton &amp; Buckley 1988): multiplies each column by ln((1 + n) / (1 + d)) + 1, where d of
/// the n training rows (by weight) are not 0 in it, then scales each row to unit Euclidean length, like
/// scikit-learn's TfidfTransformer. Rows of zeros are unchanged.
/// Missing values stay missing and are treated as 0.
/// </summary>
public sealed record TfIdf : ILeafTransform
{
    /// <inheritdoc/>
    public string Name => "tfIdf";

    /// <summary>Fails if no training row has positive weight, or if a value is infinite.</summary>
    public Outcome<Fitted> FitLeaf(Dataset data, Seed seed) =>
        from weights in Gathered.Weights(Name, data)
        let total = weights?.Sum() ?? data.RowCount
        from columns in Outcome.All(data.Frame.Columns.Where(column => column.Column is Column.Numeric).Select(column => Gathered
            .Numbers(Name, column.Name, (Column.Numeric)column.Column)
            .Map(numbers => new TfIdfMap.Word(column.Name, Weight(total, Present(numbers, weights))))))
        let map = new TfIdfMap(columns)
        from fitted in Replacement.Agreeing(map, map.Make(data.Frame))
        select fitted;

    /// <summary>The inverse document frequency of a word in <paramref name="present"/> of <paramref name="total"/> rows.</summary>
    internal static double Weight(double total, double present) => Math.Log((1 + total) / (1 + present)) + 1;

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

/// <summary>Multiplies columns by their weights and scales rows to unit length.</summary>
/// <param name="Columns">The columns.</param>
public sealed record TfIdfMap(EquatableArray<TfIdfMap.Word> Columns) : IMap
{
    /// <summary>The weight of a column.</summary>
    /// <param name="Column">The column.</param>
    /// <param name="Weight">The inverse document frequency; above 0.</param>
    public sealed record Word(string Column, double Weight);

    /// <inheritdoc/>
    public Outcome<Frame> Apply(Frame rows) => Make(rows);

    internal Outcome<Frame> Make(Frame rows) =>
        from columns in Outcome.All(Columns.Select(word =>
            Gathered.LaterNumbers("tfIdf", word.Column, rows).Map(column => column.ToArray())))
        from made in Replacement.Replace("tfIdf", rows, Weighed(columns, rows.RowCount))
        select made;

    private Dictionary<string, NamedColumn[]> Weighed(EquatableArray<double[]> columns, int rows)
    {
        // Divided by the largest value of a row first, so that squares neither overflow nor underflow.
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

        return Columns.Select((word, c) => (word.Column, Made: columns[c]))
            .ToDictionary(made => made.Column,
                made => new[] { new NamedColumn(made.Column, new Column.Numeric(EquatableArray.Own(made.Made))) });
    }
}
