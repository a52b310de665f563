namespace FunctionalStack;

/// <summary>
/// A model with CV+ prediction intervals or sets. For numeric targets, each training row i contributes the two values m(x) - r s(x) and
/// m(x) + r s(x), where m is the fold model that was not fitted on row i, s the scale model fitted on the same rows, or 1 without one, and
/// r the absolute error of m on row i, divided by its scale. The lower bound of level 1 - a is the floor(a (n + 1))-th smallest of the
/// first, the upper bound the ceil((1 - a)(n + 1))-th smallest of the second (Barber, Candes, Ramdas and Tibshirani 2021). For classes, a
/// set contains each class y of which fewer than (1 - a)(n + 1) training rows have a score below that of y (Romano, Sesia and Candes
/// 2020, CV+), and in any case the class with the fewest such rows, of several the most probable one by the fold models.
/// </summary>
/// <remarks>
/// The score of a class is 1 minus its probability, which gives the smallest sets on average (Sadinle, Lei and Wasserman 2019). No set is
/// empty, so sets of level 1 - a cover more than 1 - a if the most probable class alone is correct more often. Intervals are
/// symmetric around no single prediction, and need not contain that of the model.
/// </remarks>
/// <param name="Model">The model that predicts.</param>
/// <param name="Folds">The fold models with the scores of their held-out rows.</param>
public sealed record ConformalModel(IModel Model, EquatableArray<ConformalFold> Folds) : IWrapperModel, IConsistent
{
    // level x (n + 1) is a whole number up to rounding.
    private const double Rounding = 1 - 1e-12;

    string? IConsistent.Inconsistency => Folds.Count == 0 ? "no fold"
        : Folds.Any(fold => fold.Scale is null != Folds[0].Scale is null) ? "a scale in some folds only"
        : null;

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => Model.Predict(rows);

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) =>
        new EquatableArray<IModel>([Model, .. Folds.Select(fold => fold.Model), .. Folds.Select(fold => fold.Scale).OfType<IModel>()])
            .NeededOf(columns);

    /// <summary>The prediction intervals of rows; see <see cref="ConformalPrediction.PredictInterval"/>.</summary>
    internal Outcome<Intervals> Intervals(Frame rows, double level) => PredictFolds(rows).Bind(predictions =>
        predictions is [Prediction.Probabilities, ..]
        ? Outcome.Fail<Intervals>("intervals", "the model predicts classes", "Ask for prediction sets instead.")
        : PredictScales(rows).Bind(known => Noted(level, "the bounds are infinite", need =>
        {
            var (lower, upper) = (new double[rows.RowCount], new double[rows.RowCount]);
            var (shifts, scales) = (new double[Folds.Count], new double[Folds.Count]);
            Array.Fill(scales, 1);
            for (var row = 0; row < rows.RowCount; row++)
            {
                for (var k = 0; k < known.Count; k++) scales[k] = known[k][row];
                for (var k = 0; k < shifts.Length; k++) shifts[k] = ((Prediction.Numeric)predictions[k]).Values[row];
                var most = Quantile(shifts, scales, need);
                for (var k = 0; k < shifts.Length; k++) shifts[k] = -shifts[k];
                var least = -Quantile(shifts, scales, need);
                // Below level 0.5 the bounds may be in the other order. Any interval then covers more than required.
                (lower[row], upper[row]) = (Math.Min(least, most), Math.Max(least, most));
            }

            return new Intervals(level, EquatableArray.Own(lower), EquatableArray.Own(upper));
        })));

    /// <summary>The prediction sets of rows; see <see cref="ConformalPrediction.PredictSet"/>.</summary>
    internal Outcome<PredictionSets> Sets(Frame rows, double level) => PredictFolds(rows).Bind(predictions =>
        predictions is not [Prediction.Probabilities { Levels: var levels }, ..]
        ? Outcome.Fail<PredictionSets>("sets", "the model predicts numbers", "Ask for prediction intervals instead.")
        : Noted(level, "every set has all classes", need =>
        {
            var known = predictions.Select(one => ((Prediction.Probabilities)one).For(levels)).ToArray();
            var members = new bool[rows.RowCount * levels.Count];
            var (below, score) = (new double[levels.Count], new double[levels.Count]);
            for (var row = 0; row < rows.RowCount; row++)
            {
                for (var code = 0; code < below.Length; code++)
                {
                    score[code] = known.Sum(one => ConformalScore.OfClass(one.Row(row), code));
                    below[code] = Enumerable.Range(0, known.Length).Sum(k => Folds[k].Below(
                        Folds[k].CountBelow(0, 1, ConformalScore.OfClass(known[k].Row(row), code), inclusive: false)));
                    members[row * below.Length + code] = below[code] < need;
                }

                members[row * below.Length + Enumerable.Range(0, below.Length).MinBy(code => (below[code], score[code]))] = true;
            }

            return new PredictionSets(level, levels, EquatableArray.Own(members));
        }));

    private Outcome<EquatableArray<Prediction>> PredictFolds(Frame rows) =>
        EquatableArray.From(Folds.Select(fold => fold.Model)).PredictEach(rows).WithoutNotes();

    /// <summary>The scales by each fold's model, of each row; empty without scales.</summary>
    private Outcome<EquatableArray<double[]>> PredictScales(Frame rows) =>
        EquatableArray.From(Folds.Select(fold => fold.Scale).OfType<IModel>()).PredictEach(rows).WithoutNotes()
            .Bind(predictions => Outcome.All(predictions.Select(ConformalScore.Scales)));

    private Outcome<T> Noted<T>(double level, string infinite, Func<double, T> make)
    {
        if (Ensure.Between("level", level) is { } fault) return new Outcome<T>.Fail(fault);
        var total = Folds.Sum(fold => fold.Total);
        var need = level * (total + 1) * Rounding;
        return Outcome.Ok(make(need)).Noting(need <= total ? default
            : [FormattableString.Invariant($"level {level} needs at least {Math.Ceiling(level / (1 - level) * Rounding)} training rows, ")
                + FormattableString.Invariant($"but only {Math.Round(total)} have a held-out prediction: {infinite}")]);
    }

    /// <summary>The least of all fold values, shift + scale x score, at and below which the scores weigh <paramref name="need"/>; infinite
    /// if all weigh less.</summary>
    private double Quantile(double[] shifts, double[] scales, double need)
    {
        var least = double.PositiveInfinity;
        for (var k = 0; k < shifts.Length; k++)
        {
            var (from, to) = (0, Folds[k].Scores.Count);
            while (from < to)
            {
                var middle = from + (to - from) / 2;
                if (UpTo(shifts, scales, Folds[k].Shifted(shifts[k], scales[k], middle)) >= need) to = middle;
                else from = middle + 1;
            }

            if (from < Folds[k].Scores.Count) least = Math.Min(least, Folds[k].Shifted(shifts[k], scales[k], from));
        }

        return least;
    }

    private double UpTo(double[] shifts, double[] scales, double value)
    {
        var sum = 0.0;
        for (var k = 0; k < shifts.Length; k++) sum += Folds[k].Below(Folds[k].CountBelow(shifts[k], scales[k], value, inclusive: true));
        return sum;
    }
}
