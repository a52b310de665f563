using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>Law 13: a threshold is the best one on out-of-fold predictions, and changes decisions only.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 100)]
public class ThresholdLaws
{
    private static readonly ILearner[] learners =
        [new Digest(), new Shares(), new Nearest(),
            new Stack([new("n", new Nearest()), new("d", new Digest())], new Digest(), new FoldPlan.KFold(2))];

    private static readonly FoldPlan plan = new FoldPlan.KFold(2);

    [Property]
    public void No_threshold_has_a_better_out_of_fold_score_not_even_one_half(AnyData any, Seed seed, byte learner, byte rule, byte other)
    {
        var data = Two(any.Data);
        var one = learners[learner % learners.Length];
        if (new Thresholded(one, Rule(rule), plan).FitModel(data, seed) is not Outcome<IModel>.Ok ok) return;
        var model = Assert.IsType<ThresholdModel>(ok.Value);
        var held = one.CrossFit("cross-fit", plan).Fit(data, seed.Fork("cross-fit")).OrThrow().OutOfFold[0];
        var rows = held.Rows.Select((row, i) => (P: ((Prediction.Probabilities)held.Prediction).Row(i)[1],
            IsPositive: ((Target.Classes)data.Target).Codes[row] == 1, Weight: data.Weights?[row] ?? 1)).ToArray();
        Assert.Equal(Reference.ScoreAt(Rule(rule), rows, model.Value), model.Score, 1e-12);
        Assert.Equal(Reference.ScoreAt(Rule(rule), rows, 0.5), model.ScoreAtHalf, 1e-12);
        var sign = Rule(rule).LowerIsBetter ? -1 : 1;
        foreach (var threshold in new[] { -1, 0.5, other / 255.0 }.Concat(rows.Select(row => row.P)))
        {
            // Probabilities within 1e-12 are equal: no threshold divides them.
            var (above, below) = (rows.Where(row => row.P > threshold), rows.Where(row => row.P <= threshold));
            if (above.Any() && below.Any() && above.Min(row => row.P) - below.Max(row => row.P) <= 1e-12) continue;
            Assert.True(sign * model.Score >= sign * Reference.ScoreAt(Rule(rule), rows, threshold) - 1e-9, $"{threshold}");
        }
    }

    [Property]
    public void Costs_times_a_constant_change_nothing(AnyData any, Seed seed, byte learner, byte missed, byte alarm, byte constant)
    {
        var (fn, fp, times) = (missed % 8, 1 + alarm % 8, 0.1 + constant);
        Assert.Equal(Fit(1)?.Value, Fit(times)?.Value);

        ThresholdModel? Fit(double scale) =>
            new Thresholded(learners[learner % learners.Length], Threshold.Cost(fn * scale, fp * scale), plan)
            .FitModel(Two(any.Data), seed) is Outcome<IModel>.Ok ok ? (ThresholdModel)ok.Value : null;
    }

    [Property]
    public void Probabilities_are_those_of_the_learner_alone(AnyData any, Seed seed, byte learner, byte rule)
    {
        var (data, one) = (Two(any.Data), learners[learner % learners.Length]);
        if (new Thresholded(one, Rule(rule), plan).Fit(data, seed) is not Outcome<Trained>.Ok ok) return;
        var alone = (Prediction.Probabilities)one.Fit(data, seed).OrThrow().Predict(data.Frame).OrThrow();
        var decided = (Prediction.Probabilities)ok.Value.Predict(data.Frame).OrThrow();
        Assert.Equal(alone.Matrix, decided.Matrix);
        var threshold = ((ThresholdModel)ok.Value.Model).Value;
        Assert.Equal(Enumerable.Range(0, alone.Count).Select(row => alone.Row(row)[1] > threshold ? 1 : 0), decided.Codes());
    }

    /// <summary>Each of the K folds, and all rows, once for both.</summary>
    [Property]
    public void Intervals_and_a_threshold_share_their_fits(Seed seed)
    {
        var data = new Dataset(
            Frame.Of(("x", new Column.Numeric(EquatableArray.From(Enumerable.Range(0, 24).Select(row => (double)row))))),
            new Target.Classes(["n", "p"], EquatableArray.From(Enumerable.Range(0, 24).Select(row => row % 2))));
        foreach (var both in new Func<ILearner, ILearner>[]
        {
            learner => new Thresholded(new Conformal(learner, new FoldPlan.Usual(4)), Threshold.F1, new FoldPlan.Usual(4)),
            learner => new Conformal(new Thresholded(learner, Threshold.F1, new FoldPlan.Usual(4)), new FoldPlan.Usual(4)),
        })
        {
            var counter = new Counter();
            var model = both(new Counted(counter)).FitModel(data, seed).OrThrow();
            Assert.Equal(5, counter.Count);
            Assert.NotNull(((Prediction.Probabilities)model.Predict(data.Frame).OrThrow()).Threshold);
            Assert.Equal(24, model.PredictSet(data.Frame, 0.5).OrThrow().Count);
        }
    }

    private static Threshold Rule(byte which) => (which % 3) switch
    {
        0 => Threshold.F1,
        1 => Threshold.Balanced,
        _ => Threshold.Cost(which / 3 % 7, 1 + which / 21),
    };

    // The target in two classes, whatever it was.
    private static Dataset Two(Dataset data) => data.WithTarget(new Target.Classes(["n", "p"], EquatableArray.From(data.Target switch
    {
        Target.Classes classes => classes.Codes.Select(code => code % 2),
        Target.Numeric numeric => numeric.Values.Select(value => value > 0 ? 1 : 0),
        _ => throw new InvalidOperationException(),
    })));
}
