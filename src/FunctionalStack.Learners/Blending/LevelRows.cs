namespace FunctionalStack.Learners;

/// <summary>The training data of a meta-learner that weights bases: the rows of positive weight, and each base's predictions of
/// them.</summary>
/// <param name="Bases">The bases, in column order.</param>
/// <param name="Predictions">One per base. Probabilities are those of the classes present (<see cref="PresentClasses"/>).</param>
/// <param name="Target">Classes, or finite numbers.</param>
/// <param name="Present">The codes of the classes in these rows, ascending; empty for regression.</param>
/// <param name="Weights">One positive weight per row, the largest 1; 1 everywhere if the dataset has none.</param>
/// <param name="Greatest">The largest weight before scaling.</param>
internal sealed record LevelRows(EquatableArray<BaseColumns> Bases, Prediction[] Predictions, Target Target, EquatableArray<int> Present,
    double[] Weights, double Greatest)
{
    public int Count => Weights.Length;

    public EquatableArray<string> Levels => Target is Target.Classes classes ? classes.Levels : default;

    public static Outcome<LevelRows> Of(Dataset data, string learner) =>
        from kept in TrainingRows.Kept(data, learner)
        from bases in BaseColumns.Of(kept.Frame, kept.Target).At(learner)
        from predicted in Outcome.All(bases.Select(one => one.Read(kept.Frame))).At(learner)
        let present = kept.Target is Target.Classes classes ? classes.Present() : default
        let weights = TrainingRows.WeightsOf(kept)
        let greatest = weights.Max()
        select new LevelRows(
            bases, [.. predicted.Select(one => PresentClasses.Only(one, present))], kept.Target, present,
            [.. weights.Select(weight => weight / greatest)], greatest);

    /// <summary>One column per base: its probability of each row's actual class, clipped like for log-loss (2^-52).</summary>
    public double[][] OfTruth()
    {
        var codes = ((Target.Classes)Target).Codes;
        return [.. Predictions.Select(predicted =>
        {
            var p = (Prediction.Probabilities)predicted;
            var column = new double[Count];
            for (var row = 0; row < column.Length; row++)
            {
                column[row] = Math.Max(p.Matrix[row * p.Levels.Count + codes[row]], ClassMetrics.LeastProbability);
            }

            return column;
        })];
    }

    /// <summary>One column per base: its errors (predicted minus actual), times the square root of each row's weight, in units of a power
    /// of two.</summary>
    public double[][] Errors()
    {
        var values = ((Target.Numeric)Target).Values;
        var columns = Predictions.Select(predicted => ((Prediction.Numeric)predicted).Values).ToArray();
        var greatest = columns.Append(values).Max(numbers => numbers.Max(number => Math.Abs(number)));
        var unit = greatest > 1e300 ? Math.ScaleB(1, -64) : 1;
        return [.. columns.Select(numbers =>
        {
            var column = new double[Count];
            for (var row = 0; row < column.Length; row++)
                column[row] = (numbers[row] * unit - values[row] * unit) * Math.Sqrt(Weights[row]);
            return column;
        })];
    }
}
