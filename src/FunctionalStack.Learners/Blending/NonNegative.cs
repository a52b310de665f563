namespace FunctionalStack.Learners;

/// <summary>
/// A meta-learner by stacked regression (Breiman 1996): the linear combination of the bases' predictions, without intercept, with
/// coefficients of at least 0 that minimize the squared error. They need not sum to 1. For classification, there is one such
/// combination per class, fitted to the class's 0/1 indicator (Ting &amp; Witten 1999). The results are divided by
/// their sum over the classes.
/// </summary>
/// <remarks>
/// Solved by <c>NNLS</c> (Lawson &amp; Hanson 1974) on the R factor of the columns, so columns around 1e5 that
/// differ by 1 keep their precision. A base that is a linear combination of others gets 0. If no base gives any class a score, all classes
/// present get the
/// same probability. Fails if a column holds no base's prediction, or if a coefficient overflows a double.
/// </remarks>
public sealed record NonNegative : ILeafLearner
{
    /// <inheritdoc/>
    public string Name => "nonNegative";

    /// <inheritdoc/>
    // A base may pass labels.
    public Capabilities Capabilities => new(Categories: true, PredictionsOnly: true);

    Complexity ILearner.Complexity => Complexity.Linear;

    /// <inheritdoc/>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => LevelRows.Of(data, Name).Bind(rows => rows.Target is Target.Classes classes
        ? Outcome.All(rows.Present.Select(code =>
            Coefficients(rows, predicted => OfClass((Prediction.Probabilities)predicted, code),
                classes.Codes.Select(truth => truth == code ? 1.0 : 0.0))))
            .Map<IModel>(all => new ClassBlendModel(rows.Bases, all, rows.Levels, rows.Present))
        : Coefficients(rows, predicted => ((Prediction.Numeric)predicted).Values.ToArray(), ((Target.Numeric)rows.Target).Values)
            .Map<IModel>(weights => new BlendModel(rows.Bases, weights, default, default)));

    private Outcome<EquatableArray<double>> Coefficients(LevelRows rows, Func<Prediction, double[]> column, IEnumerable<double> truth)
    {
        var roots = Array.ConvertAll(rows.Weights, Math.Sqrt);
        double[][] columns = [.. rows.Predictions.Select(predicted => Weighted(column(predicted))), Weighted([.. truth])];
        var lengths = Array.ConvertAll(columns, Units.ToLengthOne);
        var triangle = HouseholderQr.Triangle(columns);
        var x = NonNegativeSolver.Solve(triangle[..^1], triangle[^1]);
        var weights = Enumerable.Range(0, x.Length).Select(b => x[b] == 0 ? 0 : x[b] * (lengths[^1] / lengths[b])).ToArray();
        var broken = Array.FindIndex(weights, weight => !double.IsFinite(weight));
        return broken < 0
            ? Outcome.Ok(EquatableArray.Own(weights))
            : Outcome.Fail<EquatableArray<double>>($"{Name}: base '{rows.Bases[broken].Base}'", "its coefficient overflows a double",
                "Divide the target by a large number, or leave the base out.");

        double[] Weighted(double[] numbers)
        {
            for (var row = 0; row < numbers.Length; row++) numbers[row] *= roots[row];
            return numbers;
        }
    }

    private static double[] OfClass(Prediction.Probabilities p, int code)
    {
        var column = new double[p.Count];
        for (var row = 0; row < column.Length; row++) column[row] = p.Matrix[row * p.Levels.Count + code];
        return column;
    }
}

/// <summary>For each class the weighted sum of the bases' probabilities, divided by the sum over the classes.</summary>
/// <param name="Bases">The bases, in column order.</param>
/// <param name="Weights">For each class present, one weight of at least 0 per base.</param>
/// <param name="Levels">The target's classes.</param>
/// <param name="Present">The codes of the classes in the training rows, ascending. Other classes get probability 0.</param>
public sealed record ClassBlendModel(EquatableArray<BaseColumns> Bases, EquatableArray<EquatableArray<double>> Weights,
    EquatableArray<string> Levels, EquatableArray<int> Present) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        [Bases.Count > 0 ? null : "no base", Consistency.Present(Present, Levels),
            Consistency.Count("lists of weights", Weights.Count, Present.Count),
            .. Weights.Select(own => Consistency.Count("weights", own.Count, Bases.Count))]);

    /// <summary>Fails if a column holds what a base cannot predict.</summary>
    public Outcome<Prediction> Predict(Frame rows)
    {
        var weighed = Enumerable.Range(0, Bases.Count).Where(b => Weights.Any(weights => weights[b] != 0)).ToArray();
        return Outcome.All(weighed.Select(b => Bases[b].Read(rows))).Map(predictions => Sum(rows.RowCount, weighed, predictions));
    }

    private Prediction Sum(int count, int[] weighed, EquatableArray<Prediction> predictions)
    {
        var matrix = new double[count * Levels.Count];
        for (var at = 0; at < weighed.Length; at++)
        {
            var b = weighed[at];
            var predicted = (Prediction.Probabilities)PresentClasses.Only(predictions[at], Present);
            for (var row = 0; row < predicted.Count; row++)
            {
                for (var c = 0; c < Present.Count; c++)
                    matrix[row * Levels.Count + Present[c]] += Weights[c][b] * predicted.Row(row)[Present[c]];
            }
        }

        for (var row = 0; row < count; row++) PresentClasses.Normalize(matrix.AsSpan(row * Levels.Count, Levels.Count), Present);
        return new Prediction.Probabilities(Levels, EquatableArray.Own(matrix));
    }
}
