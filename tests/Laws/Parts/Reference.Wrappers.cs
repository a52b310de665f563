namespace FunctionalStack.Laws;

/// <summary>What wrappers of a learner mean: the fit on all rows, and what its cross-fit shows.</summary>
public static partial class Reference
{
    private sealed record HeldOutRows(int[] Rows, double[][] Numbers, EquatableArray<IModel> Models);

    private static Outcome<IModel> Bounded(Conformal conformal, Dataset data, Seed seed)
    {
        var split = (conformal.Folds ?? new FoldPlan.Usual()).Seeded(seed.Fork("cross-fit").Fork("folds")).Split(data.Roles);
        if (split is Outcome<EquatableArray<Fold>>.Ok { Value: var all }
            && all.SelectMany(fold => fold.Holdout).CountBy(row => row).Any(row => row.Value > 1))
        {
            return Outcome.Fail<IModel>("folds", "some rows are held out more than once, which prediction intervals do not support",
                "Give folds without repeats.");
        }

        // The scale is cross-fitted over the same folds.
        var plan = (conformal.Folds ?? new FoldPlan.Usual()).Seeded(seed.Fork("cross-fit").Fork("folds"));
        return from whole in Fit(conformal.Learner, data, seed)
               from held in HeldOut(conformal.Learner, conformal.Folds, data, seed)
               from scale in conformal.Scale is null
                   ? Outcome.Ok<HeldOutRows?>(null)
                   : HeldOut(conformal.Scale, plan, data, seed.Fork("scale")).Map(one => (HeldOutRows?)one)
               from folds in split.WithoutNotes()
               from model in Scaled(scale) is { } wrong
                   ? new Outcome<IModel>.Fail(wrong)
                   : Outcome.Ok<IModel>(new ConformalModel(whole,
                       EquatableArray.From(folds.Select((fold, k) => Scored(k, fold, held, scale, data)))))
               select model;
    }

    private static Failure? Scaled(HeldOutRows? scale) => scale?.Numbers
        .Select((numbers, i) => numbers[0] > 0 && double.IsFinite(numbers[0]) ? null : new Failure("scale",
            FormattableString.Invariant($"the predicted scale of row {i + 1} is {numbers[0]}"),
            "Give a learner of which every prediction is positive and finite, such as an error forest."))
        .FirstOrDefault(failure => failure is not null);

    private static ConformalFold Scored(int k, Fold fold, HeldOutRows held, HeldOutRows? scale, Dataset data)
    {
        var all = fold.Holdout.Select(row => (Weight: data.Weights?[row] ?? 1, Row: row)).Where(one => one.Weight > 0)
            .Select(one => (one.Weight, Score: Score(held.Numbers[Array.IndexOf(held.Rows, one.Row)], data.Target, one.Row)
                / (scale?.Numbers[Array.IndexOf(held.Rows, one.Row)][0] ?? 1))).ToArray();
        var sorted = all.Select(one => (one.Weight, Score: Math.Abs(one.Score))).OrderBy(one => one.Score).ToArray();
        var signed = data.Target is Target.Numeric ? all.OrderBy(one => one.Score).ToArray() : [];
        return new(held.Models[k], Values(sorted), Weights(sorted), scale?.Models[k], Values(signed), Weights(signed));

        static EquatableArray<double> Values((double Weight, double Score)[] sorted) =>
            EquatableArray.From(sorted.Select(one => one.Score));

        static EquatableArray<double> Weights((double Weight, double Score)[] sorted) => sorted.All(one => one.Weight == 1) ? default
            : EquatableArray.From(sorted.Select((_, i) => sorted.Take(i + 1).Aggregate(0.0, (sum, one) => sum + one.Weight)));
    }

    private static double Score(double[] predicted, Target target, int row) => target switch
    {
        Target.Numeric actual => actual.Values[row] - predicted[0],
        Target.Classes actual => 1 - predicted[actual.Codes[row]],
        _ => throw new InvalidOperationException(),
    };

    private static Outcome<IModel> Decided(Thresholded thresholded, Dataset data, Seed seed) =>
        from whole in Fit(thresholded.Learner, data, seed)
        from held in HeldOut(thresholded.Learner, thresholded.Folds, data, seed)
        let rows = held.Rows.Select((row, i) => (P: held.Numbers[i][1], IsPositive: ((Target.Classes)data.Target).Codes[row] == 1,
            Weight: data.Weights?[row] ?? 1)).ToArray()
        let best = Best(thresholded.Rule, rows)
        select (IModel)new ThresholdModel(whole, thresholded.Rule, best, ScoreAt(thresholded.Rule, rows, best),
            ScoreAt(thresholded.Rule, rows, 0.5));

    // One threshold between any two neighbouring probabilities: 0.5, or the middle. Those within 1e-12, which rounding may explain,
    // are equal. Equal to 0: -1 is below. Equal to 1: 1 is not.
    private static double Best(Threshold rule, (double P, bool IsPositive, double Weight)[] rows)
    {
        const double rounding = 1e-12;
        var sorted = rows.Select(row => row.P).Where(p => !double.IsNaN(p)).Order().ToArray();
        var thresholds = sorted.Prepend(0).Zip(sorted.Append(1), (from, upTo) =>
            upTo - from <= rounding ? double.NaN : from <= 0.5 && 0.5 < upTo ? 0.5 : from + (upTo - from) / 2).ToList();
        if (rows.Any(row => row.P <= rounding)) thresholds.Add(-1);
        if (rows.Any(row => 1 - row.P <= rounding)) thresholds.Add(1);
        thresholds.RemoveAll(double.IsNaN);
        var scored = thresholds.Select(at => (at, Score: (rule.LowerIsBetter ? -1 : 1) * ScoreAt(rule, rows, at))).ToArray();
        var best = scored.Max(one => one.Score);
        return scored.Where(one => one.Score >= best - 1e-12 * Math.Abs(best)).OrderBy(one => Math.Abs(one.at - 0.5)).First().at;
    }

    /// <summary>The score of the decisions at a threshold.</summary>
    public static double ScoreAt(Threshold rule, (double P, bool IsPositive, double Weight)[] rows, double threshold)
    {
        var (tp, fp) = (Sum(true, true), Sum(false, true));
        var (positive, negative) = (tp + Sum(true, false), fp + Sum(false, false));
        return rule.Goal switch
        {
            ThresholdGoal.F1 => tp == 0 ? 0 : 2 * tp / (2 * tp + fp + (positive - tp)),
            ThresholdGoal.Balanced => ((positive == 0 ? 0 : tp / positive) + (negative == 0 ? 0 : (negative - fp) / negative)) / 2,
            _ when positive + negative == 0 => 0,
            _ => (rule.FalseNegative * (positive - tp) + rule.FalsePositive * fp) / (positive + negative),
        };

        double Sum(bool isPositive, bool above) =>
            rows.Where(row => row.IsPositive == isPositive && row.P > threshold == above).Sum(row => row.Weight);
    }

    private static Outcome<HeldOutRows> HeldOut(ILearner learner, FoldPlan? plan, Dataset data, Seed seed)
    {
        while (learner is Conformal or Thresholded) learner = learner is Conformal one ? one.Learner : ((Thresholded)learner).Learner;
        return OutOfFold(learner.CrossFit("cross-fit", plan ?? new FoldPlan.Usual()), data, seed.Fork("cross-fit")).Map(view =>
            new HeldOutRows(view.Rows, [.. Hand.Numbers(view.Train).Chunk(view.Train.Columns.Count)], ((CrossFitMap)view.Map).Models));
    }
}
