namespace FunctionalStack;

/// <summary>
/// A model with CV+ prediction intervals or sets. For numeric targets, each training row i contributes the two values m(x) - r s(x) and
/// m(x) + r s(x), where m is the fold model that was not fitted on row i, s the scale model fitted on the same rows, or 1 without one, and
/// r the absolute error of m on row i, divided by its scale. The lower bound of level 1 - a is the floor(a (n + 1))-th smallest of the
/// first, the upper bound the ceil((1 - a)(n + 1))-th smallest of the second (Barber, Candes, Ramdas and Tibshirani 2021). For classes, a
/// set contains each class y of which fewer than (1 - a)(n + 1) training rows have a score below that of y (Romano, Sesia and Candes
/// 2020, CV+), and in any case the class with the fewest such rows, of several the most probable one by the fold models. The quantile of
/// level q is the ceil(q (n + 1))-th smallest of the values m(x) + e s(x), where e is the error of m on row i with its sign, divided by its
/// scale: those of a cross-conformal predictive distribution (Vovk, Nouretdinov, Manokhin and Gammerman 2018).
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
        : Folds.Any(fold => fold.Errors.Count > 0) && Folds.Any(fold => fold.Errors.Count < fold.Scores.Count) ? "errors in some folds only"
        : null;

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => Model.Predict(rows);

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) =>
        new EquatableArray<IModel>([Model, .. Folds.Select(fold => fold.Model), .. Folds.Select(fold => fold.Scale).OfType<IModel>()])
            .NeededOf(columns);

    /// <summary>The prediction intervals of rows; see <see cref="ConformalPrediction.PredictInterval"/>.</summary>
    internal Outcome<Intervals> Intervals(Frame rows, double level) => PredictValues(rows, "intervals").Bind(known =>
        Noted(level, "the bounds are infinite", need =>
        {
            var (lower, upper) = (new double[rows.RowCount], new double[rows.RowCount]);
            var scores = Folds.Select(fold => fold.Sorted).ToArray();
            known.Each(rows.RowCount, (row, shifts, scales) =>
            {
                var most = SortedScores.Quantile(scores, shifts, scales, need);
                for (var k = 0; k < shifts.Length; k++) shifts[k] = -shifts[k];
                var least = -SortedScores.Quantile(scores, shifts, scales, need);
                // Below level 0.5 the bounds may be in the other order. Any interval then covers more than required.
                (lower[row], upper[row]) = (Math.Min(least, most), Math.Max(least, most));
            });
            return new Intervals(level, EquatableArray.Own(lower), EquatableArray.Own(upper));
        }));

    /// <summary>The quantiles of rows; see <see cref="ConformalPrediction.PredictQuantiles"/>.</summary>
    internal Outcome<Quantiles> Quantiles(Frame rows, EquatableArray<double> levels) => PredictValues(rows, "quantiles").Bind(known =>
    {
        if (Folds.Any(fold => fold.Errors.Count < fold.Scores.Count))
            return Outcome.Fail<Quantiles>("the model", "was fitted by a version without quantiles", "Fit it again.");
        var total = Total;
        // The ends are symmetric: level q needs as many rows as level 1 - q.
        var notes = levels.Select(level => TooFew(level, Math.Max(level, 1 - level), total, "the quantile is infinite")).ToArray();
        var errors = Folds.Select(fold => fold.Signed).ToArray();
        var values = new double[rows.RowCount * levels.Count];
        known.Each(rows.RowCount, (row, shifts, scales) =>
        {
            for (var j = 0; j < levels.Count; j++)
            {
                values[row * levels.Count + j] = notes[j] is null
                    ? SortedScores.Quantile(errors, shifts, scales, levels[j] * (total + 1) * Rounding)
                    : levels[j] < 0.5 ? double.NegativeInfinity : double.PositiveInfinity;
            }
        });
        return Outcome.Ok(new Quantiles(levels, EquatableArray.Own(values))).Noting(EquatableArray.From(notes.OfType<Note>()));
    });

    /// <summary>The prediction sets of rows; see <see cref="ConformalPrediction.PredictSet"/>.</summary>
    internal Outcome<PredictionSets> Sets(Frame rows, double level) => PredictFolds(rows).Bind(predictions =>
        predictions is not [Prediction.Probabilities { Levels: var levels }, ..]
        ? Outcome.Fail<PredictionSets>("sets", "the model predicts numbers", "Ask for prediction intervals instead.")
        : Noted(level, "every set has all classes", need =>
        {
            var known = predictions.Select(one => ((Prediction.Probabilities)one).For(levels)).ToArray();
            var scores = Folds.Select(fold => fold.Sorted).ToArray();
            var members = new bool[rows.RowCount * levels.Count];
            var (below, score) = (new double[levels.Count], new double[levels.Count]);
            for (var row = 0; row < rows.RowCount; row++)
            {
                for (var code = 0; code < below.Length; code++)
                {
                    score[code] = known.Sum(one => ConformalScore.OfClass(one.Row(row), code));
                    below[code] = Enumerable.Range(0, known.Length).Sum(k => scores[k].Below(
                        scores[k].CountBelow(0, 1, ConformalScore.OfClass(known[k].Row(row), code), inclusive: false)));
                    members[row * below.Length + code] = below[code] < need;
                }

                members[row * below.Length + Enumerable.Range(0, below.Length).MinBy(code => (below[code], score[code]))] = true;
            }

            return new PredictionSets(level, levels, EquatableArray.Own(members));
        }));

    private Outcome<EquatableArray<Prediction>> PredictFolds(Frame rows) =>
        EquatableArray.From(Folds.Select(fold => fold.Model)).PredictEach(rows).WithoutNotes();

    private Outcome<FoldValues> PredictValues(Frame rows, string what) => PredictFolds(rows).Bind(predictions =>
        predictions is [Prediction.Probabilities, ..]
        ? Outcome.Fail<FoldValues>(what, "the model predicts classes", "Ask for prediction sets instead.")
        : PredictScales(rows).Map(scales => new FoldValues(
            EquatableArray.From(predictions.Select(one => ((Prediction.Numeric)one).Values)), scales)));

    /// <summary>The scales by each fold's model, of each row; empty without scales.</summary>
    private Outcome<EquatableArray<double[]>> PredictScales(Frame rows) =>
        EquatableArray.From(Folds.Select(fold => fold.Scale).OfType<IModel>()).PredictEach(rows).WithoutNotes()
            .Bind(predictions => Outcome.All(predictions.Select(ConformalScore.Scales)));

    private double Total => Folds.Sum(fold => fold.Sorted.Total);

    private Outcome<T> Noted<T>(double level, string infinite, Func<double, T> make)
    {
        if (Ensure.Between("level", level) is { } fault) return new Outcome<T>.Fail(fault);
        var total = Total;
        return Outcome.Ok(make(level * (total + 1) * Rounding))
            .Noting(TooFew(level, level, total, infinite) is { } note ? [note] : default);
    }

    /// <summary>A note if there are too few rows for a level, of which the larger side is <paramref name="side"/>.</summary>
    private static Note? TooFew(double level, double side, double total, string infinite) => side * (total + 1) * Rounding <= total ? null
        : new("", FormattableString.Invariant($"level {level} needs at least {Math.Ceiling(side / (1 - side) * Rounding)} training rows, ")
            + FormattableString.Invariant($"but only {Math.Round(total)} have a held-out prediction: {infinite}"));
}
