namespace FunctionalStack;

/// <summary>
/// A model with CV+ prediction intervals or sets. For numeric targets, each training row i contributes the two values m(x) - r and
/// m(x) + r, where m is the fold model that was not fitted on row i, and r is its absolute error on row i. The lower bound of level 1 - a
/// is the floor(a (n + 1))-th smallest of the first, the upper bound the ceil((1 - a)(n + 1))-th smallest of the second
/// (Barber, Candes, Ramdas and Tibshirani 2021). For classes, a set contains each class y of which fewer than (1 - a)(n + 1) training
/// rows have a score below that of y (Romano, Sesia and Candes 2020, CV+).
/// </summary>
/// <remarks>
/// The score of a class is the total probability of the classes that are more probable, which is their adaptive score without
/// randomization. No set is empty, so sets of level 1 - a cover more than 1 - a if the most probable class alone is correct
/// more often. Intervals are symmetric around no single prediction, and need not contain that of the model.
/// </remarks>
/// <param name="Model">The model that predicts.</param>
/// <param name="Folds">The fold models with the scores of their held-out rows.</param>
public sealed record ConformalModel(IModel Model, EquatableArray<ConformalFold> Folds) : IWrapperModel, IConsistent
{
    // level x (n + 1) is a whole number up to rounding.
    private const double Rounding = 1 - 1e-12;

    string? IConsistent.Inconsistency => Folds.Count > 0 ? null : "no fold";

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => Model.Predict(rows);

    /// <inheritdoc/>
    public EquatableArray<string> Needs(EquatableArray<string> columns) =>
        new EquatableArray<IModel>([Model, .. Folds.Select(fold => fold.Model)]).NeededOf(columns);

    /// <summary>The prediction intervals of rows; see <see cref="ConformalPrediction.PredictInterval"/>.</summary>
    internal Outcome<Intervals> Intervals(Frame rows, double level) => PredictFolds(rows).Bind(predictions =>
        predictions is [Prediction.Probabilities, ..]
        ? Outcome.Fail<Intervals>("intervals", "the model predicts classes", "Ask for prediction sets instead.")
        : Noted(level, "the bounds are infinite", need =>
        {
            var (lower, upper) = (new double[rows.RowCount], new double[rows.RowCount]);
            var shifts = new double[Folds.Count];
            for (var row = 0; row < rows.RowCount; row++)
            {
                for (var k = 0; k < shifts.Length; k++) shifts[k] = ((Prediction.Numeric)predictions[k]).Values[row];
                var most = Quantile(shifts, need);
                for (var k = 0; k < shifts.Length; k++) shifts[k] = -shifts[k];
                var least = -Quantile(shifts, need);
                // Below level 0.5 the bounds may be in the other order. Any interval then covers more than required.
                (lower[row], upper[row]) = (Math.Min(least, most), Math.Max(least, most));
            }

            return new Intervals(level, EquatableArray.Own(lower), EquatableArray.Own(upper));
        }));

    /// <summary>The prediction sets of rows; see <see cref="ConformalPrediction.PredictSet"/>.</summary>
    internal Outcome<PredictionSets> Sets(Frame rows, double level) => PredictFolds(rows).Bind(predictions =>
        predictions is not [Prediction.Probabilities { Levels: var levels }, ..]
        ? Outcome.Fail<PredictionSets>("sets", "the model predicts numbers", "Ask for prediction intervals instead.")
        : Noted(level, "every set has all classes", need =>
        {
            var known = predictions.Select(one => ((Prediction.Probabilities)one).For(levels)).ToArray();
            var members = new bool[rows.RowCount * levels.Count];
            for (var at = 0; at < members.Length; at++)
            {
                var below = 0.0;
                for (var k = 0; k < known.Length; k++)
                {
                    var score = ConformalScore.OfClass(known[k].Row(at / levels.Count), at % levels.Count);
                    below += Folds[k].Below(Folds[k].CountBelow(0, score, inclusive: false));
                }

                members[at] = below < need;
            }

            return new PredictionSets(level, levels, EquatableArray.Own(members));
        }));

    private Outcome<EquatableArray<Prediction>> PredictFolds(Frame rows) =>
        EquatableArray.From(Folds.Select(fold => fold.Model)).PredictEach(rows).WithoutNotes();

    private Outcome<T> Noted<T>(double level, string infinite, Func<double, T> make)
    {
        if (Ensure.Between("level", level) is { } fault) return new Outcome<T>.Fail(fault);
        var total = Folds.Sum(fold => fold.Total);
        var need = level * (total + 1) * Rounding;
        return Outcome.Ok(make(need)).Noting(need <= total ? default
            : [FormattableString.Invariant($"level {level} needs at least {Math.Ceiling(level / (1 - level) * Rounding)} training rows, ")
                + FormattableString.Invariant($"but only {Math.Round(total)} have a held-out prediction: {infinite}")]);
    }

    /// <summary>The least of all fold values, shift + score, at and below which the scores weigh <paramref name="need"/>; infinite if all
    /// weigh less.</summary>
    private double Quantile(double[] shifts, double need)
    {
        var least = double.PositiveInfinity;
        for (var k = 0; k < shifts.Length; k++)
        {
            var (from, to) = (0, Folds[k].Scores.Count);
            while (from < to)
            {
                var middle = from + (to - from) / 2;
                if (UpTo(shifts, Folds[k].Shifted(shifts[k], middle)) >= need) to = middle;
                else from = middle + 1;
            }

            if (from < Folds[k].Scores.Count) least = Math.Min(least, Folds[k].Shifted(shifts[k], from));
        }

        return least;
    }

    private double UpTo(double[] shifts, double value)
    {
        var sum = 0.0;
        for (var k = 0; k < shifts.Length; k++) sum += Folds[k].Below(Folds[k].CountBelow(shifts[k], value, inclusive: true));
        return sum;
    }
}
