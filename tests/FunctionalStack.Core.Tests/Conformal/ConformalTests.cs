using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Conformal;

public class ConformalTests
{
    private static readonly Dataset nine = Values(1, 2, 3, 4, 5, 6, 7, 8, 9);

    private static readonly Frame one = Frame.Of(("x", Column.Numeric.Of(0)));

    private static Dataset Values(params double[] values) => new(
        Frame.Of(("x", Column.Numeric.Of(values))), new Target.Numeric(EquatableArray.Of(values)));

    private static IModel Fit(Dataset data, FoldPlan? plan = null) =>
        new FunctionalStack.Conformal(new Shares(), plan).FitModel(data, Seed.Of(1)).OrThrow();

    /// <summary>The mean without row i is (45 - y) / 8, and its error is |9y - 45| / 8. Their sums are 10, 8.75, 7.5,
    /// 6.25, 5, 6, 7, 8 and 9, of which 9 is the eighth, ceil(0.8 x 10).</summary>
    [Fact]
    public void With_as_many_folds_as_rows_it_is_the_jackknife_plus()
    {
        var intervals = Fit(nine, new FoldPlan.KFold(9)).PredictInterval(one, 0.8).OrThrow();
        Assert.Equal((0.8, 1, 9), (intervals.Level, intervals.Lower[0], intervals.Upper[0]));
        Assert.Equal(8, intervals.MeanWidth);
        Assert.Equal(1, intervals.Coverage(new(EquatableArray.Of(9.0))));
        Assert.Equal(0, intervals.Coverage(new(EquatableArray.Of(9.1))));
    }

    /// <summary>The errors of 7, 8 and 9 to the mean of 1 to 6 are 3.5, 4.5 and 5.5.</summary>
    [Fact]
    public void With_a_hold_out_plan_it_is_split_conformal()
    {
        var fold = Assert.Single(((ConformalModel)Fit(nine, new FoldPlan.HoldOut(0.3))).Folds);
        Assert.Equal(3, fold.Scores.Count);
        var part = new Shares().FitModel(nine.Take(EquatableArray.Range(6)), Seed.Of(1)).OrThrow();
        var model = new ConformalModel(part, [ConformalFold.Of(part, [6, 7, 8], row => row + 1 - 3.5, null, signed: true)]);
        var intervals = model.PredictInterval(one, 0.5).OrThrow();
        Assert.Equal((-1, 8), (intervals.Lower[0], intervals.Upper[0]));
        Assert.Equal([7, 8, 9], model.PredictQuantiles(one, [0.25, 0.5, 0.75]).OrThrow().Values);
    }

    /// <summary>The mean without row i plus the error of row i is its value: quantiles are order statistics, however skewed.</summary>
    [Fact]
    public void Quantiles_of_a_mean_are_those_of_the_training_rows()
    {
        var model = Fit(Values(1, 2, 4, 8, 16, 32, 64, 128, 256), new FoldPlan.KFold(9));
        var quantiles = model.PredictQuantiles(one, [0.1, 0.5, 0.55, 0.9]).OrThrow();
        Assert.Equal([1, 16, 32, 256], quantiles.Values);
        Assert.Equal([0, 0, 1, 1], quantiles.Coverage(new([20])));
        Assert.Equal([0.1 * 19, 0.5 * 4, 0.45 * 12, 0.1 * 236], quantiles.PinballLosses(new([20])), Near);
        Assert.Equal((1.9 + 2 + 5.4 + 23.6) / 4, quantiles.PinballLoss(new([20])), 1e-12);

        static bool Near(double one, double other) => Math.Abs(one - other) < 1e-12;
    }

    [Fact]
    public void Too_few_rows_for_a_level_give_an_infinite_quantile_with_a_note()
    {
        var outcome = Fit(nine, new FoldPlan.KFold(9)).PredictQuantiles(one, [0.05, 0.1, 0.9, 0.95]);
        Assert.Equal([double.NegativeInfinity, 1, 9, double.PositiveInfinity], outcome.OrThrow().Values);
        Assert.Equal(
            ["level 0.05 needs at least 19 training rows, but only 9 have a held-out prediction: the quantile is infinite",
                "level 0.95 needs at least 19 training rows, but only 9 have a held-out prediction: the quantile is infinite"],
            outcome.Notes.Select(note => note.ToString()));
    }

    [Theory]
    [InlineData("levels: there is no level. Give at least one number above 0 and below 1.")]
    [InlineData("level is 1. Give a number above 0 and below 1.", 0.5, 1.0)]
    [InlineData("level is 0. Give a number above 0 and below 1.", 0.0)]
    [InlineData("level is NaN. Give a number above 0 and below 1.", double.NaN)]
    [InlineData("levels: 0.5 is given twice. Give ascending levels, each once.", 0.5, 0.5)]
    [InlineData("levels: 0.1 follows 0.5. Give ascending levels, each once.", 0.5, 0.1)]
    public void Levels_of_quantiles_ascend_between_0_and_1(string message, params double[] levels)
    {
        var failure = Assert.IsType<Outcome<Quantiles>.Fail>(Fit(nine).PredictQuantiles(one, EquatableArray.Of(levels))).Failure;
        Assert.Equal(message, failure.ToString());
    }

    [Fact]
    public void A_model_without_signed_errors_has_no_quantiles()
    {
        var model = new Shares().FitModel(nine, Seed.Of(1)).OrThrow();
        var old = new ConformalModel(model, [new ConformalFold(model, [0, 1, 1])]);
        Assert.Equal("the model: was fitted by a version without quantiles. Fit it again.",
            Assert.IsType<Outcome<Quantiles>.Fail>(old.PredictQuantiles(one, [0.5])).Failure.ToString());
        var classes = Fit(nine.WithTarget(Target.Classes.Of("a", "b", "a", "b", "a", "b", "a", "b", "b")));
        Assert.Equal("quantiles: the model predicts classes. Ask for prediction sets instead.",
            Assert.IsType<Outcome<Quantiles>.Fail>(classes.PredictQuantiles(one, [0.5])).Failure.ToString());
        Assert.All(((ConformalModel)classes).Folds, fold => Assert.Empty(fold.Errors));
    }

    /// <summary>The errors 3.5, 4.5 and 5.5, divided by 1 plus the size of the sixth value, 7, times that of the row nearest to
    /// 3.</summary>
    [Fact]
    public void With_a_scale_errors_are_divided_by_it_and_intervals_multiplied()
    {
        var learner = new FunctionalStack.Conformal(new Shares(), new FoldPlan.HoldOut(0.3), new Magnitude());
        var fold = Assert.Single(((ConformalModel)learner.FitModel(nine, Seed.Of(1)).OrThrow()).Folds);
        var (part, scale) = (fold.Model, fold.Scale!);
        var rows = Enumerable.Range(0, 9).Where(row => !Training(scale).Contains(row + 1)).ToArray();
        var (mean, sizes) = (((Prediction.Numeric)part.Predict(one).OrThrow()).Values[0], ((Prediction.Numeric)scale.Predict(nine.Frame)
            .OrThrow()).Values);
        Assert.Equal(rows.Select(row => Math.Abs(row + 1 - mean) / sizes[row]).Order(), fold.Scores);
        var model = new ConformalModel(part, [new ConformalFold(part, [3.5 / 7, 4.5 / 7, 5.5 / 7], Scale: scale)]);
        var three = Frame.Of(("x", Column.Numeric.Of(3)));
        var (middle, size) = (part.Predict(three).OrThrow(), scale.Predict(three).OrThrow());
        var intervals = model.PredictInterval(three, 0.5).OrThrow();
        Assert.Equal(((Prediction.Numeric)middle).Values[0] + ((Prediction.Numeric)size).Values[0] * (4.5 / 7), intervals.Upper[0]);
    }

    private static EquatableArray<double> Training(IModel scale) =>
        ((Target.Numeric)((NearestModel)((MagnitudeModel)scale).Nearest).Target).Values;

    /// <summary>All classes of a new row can have more rows below than the level needs. The most probable one is then the set.</summary>
    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public void A_set_of_one_class_has_the_most_probable_one(string likely, string other)
    {
        var levels = EquatableArray.From(new[] { likely, other }.Order());
        Prediction Of(double p) => new Prediction.Probabilities(levels, levels[0] == likely ? [p, 1 - p] : [1 - p, p]);
        var sure = new ConformalFold(new ConstantModel(Of(0.7)), EquatableArray.From(Enumerable.Repeat(0.01, 20)));
        var sets = new ConformalModel(new ConstantModel(Of(0.7)), [sure, sure]).PredictSet(one, 0.9).OrThrow();
        Assert.Equal([likely], sets.Of(0));
    }

    [Fact]
    public void A_scale_that_is_not_positive_is_refused()
    {
        var outcome = new FunctionalStack.Conformal(new Shares(), null, new Shares()).FitModel(Values(-3, -2, -1, -2, -3), Seed.Of(1));
        Assert.StartsWith("scale: the predicted scale of row 1 is -", Assert.IsType<Outcome<IModel>.Fail>(outcome).Failure.ToString());
        var classes = nine.WithTarget(Target.Classes.Of("a", "b", "a", "b", "a", "b", "a", "b", "c"));
        var refused = new FunctionalStack.Conformal(new Shares(), null, new Magnitude()).FitModel(classes, Seed.Of(1));
        Assert.StartsWith("scale", Assert.IsType<Outcome<IModel>.Fail>(refused).Failure.ToString());
    }

    [Fact]
    public void Too_few_rows_for_the_level_give_infinite_bounds_and_full_sets_with_a_note()
    {
        var outcome = Fit(nine, new FoldPlan.KFold(3)).PredictInterval(one, 0.95);
        Assert.Equal("level 0.95 needs at least 19 training rows, but only 9 have a held-out prediction: the bounds are infinite",
            Assert.Single(outcome.Notes).ToString());
        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (outcome.OrThrow().Lower[0], outcome.OrThrow().Upper[0]));
        Assert.Empty(Fit(nine, new FoldPlan.KFold(3)).PredictInterval(one, 0.9).Notes);

        var classes = nine.WithTarget(Target.Classes.Of("a", "b", "a", "b", "a", "b", "a", "b", "c"));
        var sets = Fit(classes, new FoldPlan.KFold(3)).PredictSet(one, 0.95);
        Assert.Equal("level 0.95 needs at least 19 training rows, but only 9 have a held-out prediction: every set has all classes",
            Assert.Single(sets.Notes).ToString());
        Assert.Equal(["a", "b", "c"], sets.OrThrow().Of(0));
    }

    /// <summary>Nine rows of a, one of b: the most probable class has the score 0, as 90% of the rows.</summary>
    [Fact]
    public void A_class_absent_from_the_training_rows_of_its_fold_is_the_least_probable_there()
    {
        var data = Values(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
            .WithTarget(Target.Classes.Of("a", "a", "a", "a", "a", "a", "a", "a", "a", "b"));
        var outcome = new FunctionalStack.Conformal(new Shares(), new FoldPlan.KFold(5)).Fit(data, Seed.Of(1));
        Assert.Contains(outcome.Notes, note => note.ToString()
            == "cross-fit, fold 5 of 5: no training row has class 'b', so it gets probability 0 there");
        Assert.Equal(["a"], outcome.OrThrow().PredictSet(one, 0.8).OrThrow().Of(0));
        Assert.Equal(["a", "b"], outcome.OrThrow().PredictSet(one, 0.9).OrThrow().Of(0));
        Assert.Equal(1.5, new PredictionSets(0.9, ["a", "b"], [true, false, true, true]).MeanSize);
        Assert.Equal(0.5, new PredictionSets(0.9, ["a", "b"], [true, false, true, true]).Coverage(new(["a", "b"], [1, 1])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void A_level_is_above_0_and_below_1(double level)
    {
        var failure = Assert.IsType<Outcome<Intervals>.Fail>(Fit(nine).PredictInterval(one, level)).Failure;
        Assert.Equal(FormattableString.Invariant($"level is {level}. Give a number above 0 and below 1."), failure.ToString());
    }

    [Fact]
    public void What_a_model_does_not_have_is_refused_with_the_remedy()
    {
        string Of<T>(Outcome<T> outcome) => Assert.IsType<Outcome<T>.Fail>(outcome).Failure.ToString();
        Assert.Equal("the model: was fitted without intervals, quantiles and sets. "
            + "Fit it with Conformal, or with 'fstack fit --conformal'.",
            Of(new Shares().FitModel(nine, Seed.Of(1)).OrThrow().PredictInterval(one, 0.9)));
        Assert.Equal("sets: the model predicts numbers. Ask for prediction intervals instead.", Of(Fit(nine).PredictSet(one, 0.9)));
        Assert.Equal("intervals: the model predicts classes. Ask for prediction sets instead.",
            Of(Fit(nine.WithTarget(Target.Classes.Of("a", "b", "a", "b", "a", "b", "a", "b", "b"))).PredictInterval(one, 0.9)));
        Assert.Equal("folds: some rows are held out more than once, which prediction intervals do not support. Give folds without repeats.",
            Of(new FunctionalStack.Conformal(new Shares(), new FoldPlan.Repeated(new FoldPlan.KFold(3), 2, Seed.Of(1)))
                .Fit(nine, Seed.Of(1))));
    }

    [Fact]
    public void Intervals_are_found_behind_a_pipeline_a_threshold_and_a_schema()
    {
        var learner = new Identity().Then(new FunctionalStack.Conformal(new Shares()));
        Assert.Equal(1, learner.Fit(nine, Seed.Of(1)).OrThrow().PredictInterval(one, 0.8).OrThrow().Count);
    }

    [Fact]
    public void Lists_that_do_not_match_are_inconsistent()
    {
        var model = new Shares().FitModel(nine, Seed.Of(1)).OrThrow();
        string? Fault(IConsistent one) => one.Inconsistency;
        Assert.Null(Fault(new ConformalFold(model, [0, 1, 1], [1, 2.5, 3])));
        Assert.Equal("2 weights, where 3 are needed", Fault(new ConformalFold(model, [0, 1, 1], [1, 2])));
        Assert.Equal("scores that are not in order", Fault(new ConformalFold(model, [1, 0])));
        Assert.Equal("scores that are not in order", Fault(new ConformalFold(model, [double.NaN])));
        Assert.Equal("scores that are not in order", Fault(new ConformalFold(model, [-1])));
        Assert.Equal("cumulative weights that are not in order", Fault(new ConformalFold(model, [0, 1], [0, 1])));
        Assert.Null(Fault(new ConformalFold(model, [0, 1], Errors: [-1, 0])));
        Assert.Equal("1 errors, where 2 are needed", Fault(new ConformalFold(model, [0, 1], Errors: [1])));
        Assert.Equal("errors that are not in order", Fault(new ConformalFold(model, [0, 1], Errors: [0, -1])));
        Assert.Equal("1 weights, where 2 are needed", Fault(new ConformalFold(model, [0, 1], Errors: [0, 1], CumulativeErrors: [1])));
        Assert.Equal("errors in some folds only", Fault(new ConformalModel(model,
            [new ConformalFold(model, [0, 1], Errors: [-1, 0]), new ConformalFold(model, [0, 1])])));
        Assert.Equal("no fold", Fault(new ConformalModel(model, default)));
        Assert.Equal("a threshold that is not from -1 to 1", Fault(new ThresholdModel(model, Threshold.F1, double.NaN, 0, 0)));
    }
}
