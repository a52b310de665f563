namespace FunctionalStack.Learners;

/// <summary>What a learner that weighs bases is fitted to: the rows of positive weight, and what each base said of them.</summary>
/// <param name="Bases">The bases, in order of columns.</param>
/// <param name="Predictions">Of each base; probabilities are those of the classes present (<see cref="PresentClasses"/>).</param>
/// <param name="Target">Classes or finite values.</param>
/// <param name="Present">The codes of the classes that these rows have, ascending; none for values.</param>
/// <param name="Weights">A positive weight a row, the greatest 1; 1 everywhere where the dataset has none.</param>
/// <param name="Greatest">What the greatest weight was.</param>
internal sealed record LevelRows(EquatableArray<BaseColumns> Bases, Prediction[] Predictions, Target Target, EquatableArray<int> Present, double[] Weights, double Greatest)
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

    /// <summary>A column a base: what it gave the true class of each row, no less than log-loss counts it (2^-52).</summary>
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

    /// <summary>A column a base: by how much its estimates exceed the values, times the root of each row's weight; all in one unit, a power of two.</summary>
    public double[][] Errors()
    {
        var values = ((Target.Numeric)Target).Values;
        var estimates = Predictions.Select(predicted => ((Prediction.Numeric)predicted).Values).ToArray();
        var greatest = estimates.Append(values).Max(numbers => numbers.Max(number => Math.Abs(number)));
        var unit = greatest > 1e300 ? Math.ScaleB(1, -64) : 1;
        return [.. estimates.Select(numbers =>
        {
            var column = new double[Count];
            for (var row = 0; row < column.Length; row++) column[row] = (numbers[row] * unit - values[row] * unit) * Math.Sqrt(Weights[row]);
            return column;
        })];
    }
}
