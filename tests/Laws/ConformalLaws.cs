using FsCheck.Xunit;
using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>Law 12: prediction intervals and sets cover what they promise, if rows are exchangeable.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public class ConformalLaws
{
    private static readonly ILearner[] learners =
    [
        new RidgeRegression(), new Shares(), new Nearest(), new DecisionTree(), new KNearestNeighbors(3), new Digest(),
        new Stack([new("nearest", new Nearest()), new("tree", new DecisionTree(MaxDepth: 2))], new Shares(), new FoldPlan.KFold(3)),
    ];

    /// <summary>Each draw has its own training rows and one new row, so that the number of covered rows is binomial.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 1)]
    [InlineData(6, 0)]
    [InlineData(1, 2)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(5, 2)]
    [InlineData(6, 2)]
    public void At_level_0_9_at_least_90_percent_of_new_rows_are_covered_up_to_the_binomial_99_percent_band(int learner, int kind)
    {
        const int draws = 500;
        var covered = Enumerable.Range(0, draws).Count(draw => Covers(learners[learner], kind, Seed.Of(1).Fork(draw), 0.9));
        // The 1% quantile of the binomial distribution, in its normal approximation.
        Assert.True(covered >= draws * 0.9 - 2.33 * Math.Sqrt(draws * 0.9 * 0.1), $"{covered} of {draws}");
    }

    /// <summary>With a band that chance leaves once in a million cases: errors of training rows instead of held-out ones fail it.</summary>
    [Property(MaxTest = 8)]
    public void So_it_is_for_any_seed_and_learner(Seed seed, byte learner, byte kind, byte levels)
    {
        const int draws = 150;
        var level = new[] { 0.5, 0.8, 0.9 }[levels % 3];
        var one = learners[1 + learner % (learners.Length - 1)];
        var covered = Enumerable.Range(0, draws).Count(draw => Covers(one, kind % 3, seed.Fork(draw), level));
        Assert.True(covered >= draws * level - 4.8 * Math.Sqrt(draws * level * (1 - level)), $"{covered} of {draws} at {level}");
    }

    [Property]
    public void The_model_is_that_of_the_learner_alone(AnyLearner any, Seed seed)
    {
        if (new Conformal(any.Learner, new FoldPlan.KFold(2)).Fit(any.Data, seed) is not Outcome<Trained>.Ok ok) return;
        var alone = any.Learner.Fit(any.Data, seed).OrThrow();
        Assert.Equal(alone.Model, Assert.IsType<ConformalModel>(ok.Value.Model).Model);
        Assert.Equal(alone.OutOfFold, ok.Value.OutOfFold);
        Assert.Equal(alone.Searches, ok.Value.Searches);
        Assert.Equal(alone.Predict(any.Data.Frame).OrThrow(), ok.Value.Predict(any.Data.Frame).OrThrow());
    }

    [Property]
    public void A_higher_level_gives_wider_intervals_and_larger_sets(AnyLearner any, Seed seed, byte first, byte second)
    {
        if (new Conformal(any.Learner, new FoldPlan.KFold(2)).FitModel(any.Data, seed) is not Outcome<IModel>.Ok ok) return;
        // From 0.5 on, since bounds may be exchanged below.
        var (low, high) = (0.5 + Math.Min(first, second) / 512.0, 0.5 + Math.Max(first, second) / 512.0);
        if (any.Data.Target is Target.Numeric)
        {
            var narrow = ok.Value.PredictInterval(any.Data.Frame, low).OrThrow();
            var wide = ok.Value.PredictInterval(any.Data.Frame, high).OrThrow();
            Assert.All(Enumerable.Range(0, narrow.Count), row =>
                Assert.True(wide.Lower[row] <= narrow.Lower[row] && narrow.Lower[row] <= narrow.Upper[row]
                    && narrow.Upper[row] <= wide.Upper[row]));
        }
        else
        {
            var (small, large) = (ok.Value.PredictSet(any.Data.Frame, low).OrThrow(), ok.Value.PredictSet(any.Data.Frame, high).OrThrow());
            Assert.All(Enumerable.Range(0, small.Count), row =>
            {
                Assert.NotEmpty(small.Of(row));
                Assert.Empty(small.Of(row).Except(large.Of(row)));
            });
        }
    }

    [Property]
    public void A_frequency_weight_is_the_row_as_many_times(AnyData any, Seed seed, int[] numbers)
    {
        var times = EquatableArray.From(Enumerable.Range(0, any.Data.RowCount)
            .Select(row => numbers.Length == 0 ? 1 : Math.Abs((long)numbers[row % numbers.Length]) % 3));
        var folds = EquatableArray.From(Enumerable.Range(0, any.Data.RowCount).Select(row => row % 3));
        var weighted = new Dataset(any.Data.Frame, any.Data.Target).WithFolds(folds)
            .WithFrequencies(EquatableArray.From(times.Select(count => (double)count)));
        var repeated = weighted.WithFrequencies(null)
            .Take(EquatableArray.From(Enumerable.Range(0, any.Data.RowCount).SelectMany(row => Enumerable.Repeat(row, (int)times[row]))));
        var learner = new Conformal(new Nearest(), new FoldPlan.Given());
        if (learner.FitModel(weighted, seed) is not Outcome<IModel>.Ok one
            || learner.FitModel(repeated, seed) is not Outcome<IModel>.Ok two) return;
        if (((ConformalModel)one.Value).Folds.Count != ((ConformalModel)two.Value).Folds.Count) return;
        if (any.Data.Target is Target.Numeric)
        {
            Assert.Equal(two.Value.PredictInterval(any.Data.Frame, 0.7).OrThrow(),
                one.Value.PredictInterval(any.Data.Frame, 0.7).OrThrow());
        }
        else
        {
            Assert.Equal(two.Value.PredictSet(any.Data.Frame, 0.7).OrThrow(), one.Value.PredictSet(any.Data.Frame, 0.7).OrThrow());
        }
    }

    /// <summary>With errors of the learner's own rows as scale, or without the scale of the new row, coverage falls below.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 0)]
    [InlineData(3, 1)]
    [InlineData(6, 1)]
    public void With_a_scale_as_many_new_rows_are_covered(int learner, int kind)
    {
        const int draws = 400;
        var covered = Enumerable.Range(0, draws)
            .Count(draw => Covers(learners[learner], kind, Seed.Of(2).Fork(draw), 0.9, new ErrorForest(5, 5)));
        Assert.True(covered >= draws * 0.9 - 2.33 * Math.Sqrt(draws * 0.9 * 0.1), $"{covered} of {draws}");
    }

    [Property]
    public void The_unit_of_a_scale_has_no_influence(AnyData any, Seed seed, sbyte exponent)
    {
        if (any.Data.Target is not Target.Numeric) return;
        if (Scaled(1) is not Outcome<Intervals>.Ok one) return;
        Assert.Equal(one.Value, Scaled(Math.ScaleB(1, exponent / 4)).OrThrow());

        Outcome<Intervals> Scaled(double unit) =>
            new Conformal(new Nearest(), new FoldPlan.KFold(3, seed), new Magnitude(unit)).FitModel(any.Data, seed)
                .Bind(model => model.PredictInterval(any.Data.Frame, 0.7));
    }

    /// <summary>Noise that grows with a column: intervals grow with it, and are narrower on average.</summary>
    [Fact]
    public void With_a_scale_intervals_are_wide_where_errors_are_large()
    {
        var stream = Seed.Of(3).Stream();
        var x = Enumerable.Range(0, 600).Select(_ => stream.NextNormal()).ToArray();
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(x))), new Target.Numeric(EquatableArray.From(x.Select(
            one => one + Math.Abs(one) * stream.NextNormal()))));
        var (few, many) = (EquatableArray.Range(400), EquatableArray.From(Enumerable.Range(400, 200)));
        Intervals Of(ILearner? scale) => new Conformal(new RidgeRegression(), null, scale).FitModel(data.Take(few), Seed.Of(1)).OrThrow()
            .PredictInterval(data.Frame.Take(many), 0.9).OrThrow();
        var (plain, scaled) = (Of(null), Of(new ErrorForest()));
        Assert.True(scaled.MeanWidth < 0.9 * plain.MeanWidth, $"{scaled.MeanWidth} and {plain.MeanWidth}");
        double Width(bool far) => Enumerable.Range(0, 200).Where(row => Math.Abs(x[400 + row]) > 1 == far)
            .Average(row => scaled.Upper[row] - scaled.Lower[row]);
        Assert.True(Width(far: true) > 1.5 * Width(far: false));
    }

    private static bool Covers(ILearner learner, int kind, Seed seed, double level, ILearner? scale = null)
    {
        const int rows = 40;
        var data = Draw(kind, rows + 1, seed);
        var model = new Conformal(learner, null, scale).FitModel(data.Take(EquatableArray.Range(rows)), seed).OrThrow();
        var held = data.Take([rows]);
        return held.Target is Target.Numeric numeric
            ? model.PredictInterval(held.Frame, level).OrThrow().Coverage(numeric) == 1
            : model.PredictSet(held.Frame, level).OrThrow().Coverage((Target.Classes)held.Target) == 1;
    }

    // Values with equal noise, values whose noise grows with a column and has heavy tails, or four classes, one of them rare.
    private static Dataset Draw(int kind, int rows, Seed seed)
    {
        var stream = seed.Fork("draw").Stream();
        var (x, z, y) = (new double[rows], new double[rows], new double[rows]);
        for (var i = 0; i < rows; i++)
        {
            (x[i], z[i]) = (stream.NextNormal(), stream.NextNormal());
            var noise = stream.NextNormal();
            y[i] = x[i] + (kind == 0 ? noise : Math.Abs(x[i]) * noise * noise * noise);
        }

        var frame = Frame.Of(("x", Column.Numeric.Of(x)), ("z", Column.Numeric.Of(z)));
        return kind < 2 ? new(frame, new Target.Numeric(EquatableArray.Own(y)))
            : new(frame, new Target.Classes(["a", "b", "c", "d"], EquatableArray.From(Enumerable.Range(0, rows)
                .Select(i => y[i] < -0.5 ? 0 : y[i] < 0.3 ? 1 : y[i] < 2 ? 2 : 3))));
    }
}
