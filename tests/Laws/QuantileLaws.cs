using FsCheck.Xunit;
using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>Law 12: predicted quantiles never cross, and have the promised shares of new rows below them.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public class QuantileLaws
{
    private static readonly EquatableArray<double> levels = [0.05, 0.25, 0.5, 0.75, 0.95];

    private static readonly ILearner[] learners =
        [new RidgeRegression(), new Shares(), new Nearest(), new DecisionTree(), new KNearestNeighbors(3), new Digest()];

    /// <summary>Half of 38 rows are held out, so the level times 20 is a whole number, and the rank of a new row among exchangeable ones
    /// is uniform: the number of rows at or below the quantile is binomial for any learner. The band has 99.9% for each case.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(5, false)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public void With_one_held_out_part_the_share_of_new_rows_at_or_below_a_quantile_is_its_level(int learner, bool scaled) =>
        Assert.All(Shares(new(learners[learner], new FoldPlan.HoldOut(0.5), scaled ? new Magnitude() : null), 38, 800),
            one => Assert.InRange(one.Share, one.Level - one.Band, one.Level + one.Band));

    /// <summary>Fold models of a stable learner agree, so that the values of all folds are nearly exchangeable with the new one. The level
    /// times 100 is a whole number.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void With_folds_it_is_so_for_learners_that_are_stable(int learner) =>
        Assert.All(Shares(new(learners[learner]), 99, 800),
            one => Assert.InRange(one.Share, one.Level - one.Band, one.Level + one.Band));

    /// <summary>Fold models that disagree spread the quantiles: at least as many rows between them.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void With_folds_of_unstable_learners_at_least_as_many_rows_are_between_two_quantiles(int learner)
    {
        var shares = Shares(new(learners[learner]), 99, 400);
        Assert.True(shares[0].Share <= levels[0] + shares[0].Band, $"{shares[0]}");
        Assert.True(shares[^1].Share >= levels[^1] - shares[^1].Band, $"{shares[^1]}");
    }

    [Property]
    public void Quantiles_never_cross(AnyLearner any, Seed seed, byte[] numbers)
    {
        if (new Conformal(any.Learner, new FoldPlan.KFold(2)).FitModel(any.Data, seed) is not Outcome<IModel>.Ok ok
            || any.Data.Target is not Target.Numeric actual) return;
        var some = EquatableArray.From(numbers.Append((byte)7).Select(number => (number + 0.5) / 256).Distinct().Order());
        var found = ok.Value.PredictQuantiles(any.Data.Frame, some).OrThrow();
        Assert.Equal((any.Data.RowCount, some), (found.Count, found.Levels));
        Assert.All(Enumerable.Range(0, found.Count), row => Assert.All(Enumerable.Range(1, some.Count - 1),
            level => Assert.True(found[row, level - 1] <= found[row, level])));
        // One level at a time gives the same, and shares ascend with the levels.
        Assert.All(Enumerable.Range(0, some.Count), level =>
            Assert.Equal(found.Of(level), ok.Value.PredictQuantiles(any.Data.Frame, [some[level]]).OrThrow().Values));
        Assert.Equal(found.Coverage(actual), found.Coverage(actual).Order());
    }

    [Property]
    public void A_frequency_weight_is_the_row_as_many_times(AnyData any, Seed seed, byte[] numbers)
    {
        if (any.Data.Target is not Target.Numeric) return;
        var times = EquatableArray.From(Enumerable.Range(0, any.Data.RowCount)
            .Select(row => numbers.Length == 0 ? 2 : numbers[row % numbers.Length] % 3));
        var weighted = new Dataset(any.Data.Frame, any.Data.Target)
            .WithFolds(EquatableArray.From(Enumerable.Range(0, any.Data.RowCount).Select(row => row % 3)))
            .WithFrequencies(EquatableArray.From(times.Select(count => (double)count)));
        var repeated = weighted.WithFrequencies(null)
            .Take(EquatableArray.From(Enumerable.Range(0, any.Data.RowCount).SelectMany(row => Enumerable.Repeat(row, times[row]))));
        var learner = new Conformal(new Nearest(), new FoldPlan.Given());
        if (learner.FitModel(weighted, seed) is not Outcome<IModel>.Ok one
            || learner.FitModel(repeated, seed) is not Outcome<IModel>.Ok two) return;
        if (((ConformalModel)one.Value).Folds.Count != ((ConformalModel)two.Value).Folds.Count) return;
        Assert.Equal(two.Value.PredictQuantiles(any.Data.Frame, levels).OrThrow(),
            one.Value.PredictQuantiles(any.Data.Frame, levels).OrThrow());
    }

    /// <summary>Exact, since negation and powers of two round nothing. The levels times 16 are whole numbers, and no two values are
    /// equal.</summary>
    [Property]
    public void Values_times_a_constant_have_quantiles_times_it_in_reverse_order_if_it_is_negative(Seed seed, bool negative, sbyte exponent)
    {
        var factor = (negative ? -1 : 1) * Math.ScaleB(1, exponent / 8);
        EquatableArray<double> some = [0.125, 0.5, 0.875];
        var data = Draw(16, seed);
        var (train, last) = (data.Take(EquatableArray.Range(15)), data.Frame.Take([15]));
        var scaled = train.WithTarget(new Target.Numeric(EquatableArray.From(
            ((Target.Numeric)train.Target).Values.Select(value => value * factor))));
        Quantiles Of(Dataset rows) => new Conformal(new Nearest(), new FoldPlan.KFold(3, seed)).FitModel(rows, seed)
            .Bind(model => model.PredictQuantiles(last, some)).OrThrow();
        var expected = Of(train).Values.Select(value => value * factor);
        Assert.Equal(EquatableArray.From(negative ? expected.Reverse() : expected), Of(scaled).Values);
    }

    // For each level the share of draws, each with its own training rows and one new row, at or below the quantile, and the half width
    // of a band that the share leaves once in a thousand cases.
    private static (double Level, double Share, double Band)[] Shares(Conformal conformal, int rows, int draws)
    {
        var found = Enumerable.Range(0, draws).Select(draw =>
        {
            var seed = Seed.Of(4).Fork(draw);
            var data = Draw(rows + 1, seed);
            return conformal.FitModel(data.Take(EquatableArray.Range(rows)), seed)
                .Bind(model => model.PredictQuantiles(data.Frame.Take([rows]), levels)).OrThrow()
                .Coverage((Target.Numeric)data.Take([rows]).Target);
        }).ToArray();
        return [.. levels.Select((level, j) =>
            (level, found.Average(one => one[j]), 3.3 * Math.Sqrt(level * (1 - level) / draws)))];
    }

    // The noise grows with a column, and is skewed: exponential.
    private static Dataset Draw(int rows, Seed seed)
    {
        var stream = seed.Fork("draw").Stream();
        var (x, z, y) = (new double[rows], new double[rows], new double[rows]);
        for (var i = 0; i < rows; i++)
        {
            (x[i], z[i]) = (stream.NextNormal(), stream.NextNormal());
            y[i] = x[i] - (0.2 + Math.Abs(x[i])) * Math.Log(1 - stream.NextDouble());
        }

        return new(Frame.Of(("x", Column.Numeric.Of(x)), ("z", Column.Numeric.Of(z))), new Target.Numeric(EquatableArray.Own(y)));
    }
}
