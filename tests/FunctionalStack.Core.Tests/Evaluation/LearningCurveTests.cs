using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Evaluation;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 40)]
public class LearningCurveTests
{
    private static readonly Stack stack =
        new([new("near", new Nearest()), new("shares", new Shares())], new Nearest(), new FoldPlan.KFold(2), Combine.Refit);

    private static readonly EquatableArray<double> shares = [0.7, 0.3];

    [Property]
    public void A_curve_ends_with_the_evaluation_and_changes_nothing_in_it(PartitionPlan planned, Seed seed)
    {
        var plain = Executor.Inline.Evaluate(stack, planned.Data, planned.Plan, seed);
        var curve = Executor.Inline.LearningCurve(stack, planned.Data, planned.Plan, seed, shares);
        Assert.Equal(curve, Executor.Threads(3).LearningCurve(stack, planned.Data, planned.Plan, seed, shares));
        if (plain is not Outcome<FunctionalStack.Evaluation>.Ok ok)
        {
            Assert.IsType<Outcome<FunctionalStack.Evaluation>.Fail>(curve);
            return;
        }

        var found = curve.OrThrow();
        Assert.Equal(ok.Value with { Notes = default }, found with { LearningCurve = default, Notes = default });
        Assert.Equal((1.0, found.Final.Scores), (found.LearningCurve[^1].Share, found.LearningCurve[^1].HeldOut));
        Assert.Equal(found.Folds.Select(fold => fold.Train.Count), found.LearningCurve[^1].Rows);
    }

    [Property]
    public void A_point_has_the_scores_of_hand_made_fits_on_rows_drawn_from_the_training_rows_alone(PartitionPlan planned, Seed seed)
    {
        var metric = Metric.For(planned.Data.Target)[0];
        if (Executor.Inline.LearningCurve(new Nearest(), planned.Data, planned.Plan, seed, [0.5]) is not
            Outcome<FunctionalStack.Evaluation>.Ok found) return;
        foreach (var point in found.Value.LearningCurve)
        {
            var made = planned.Folds.Select((fold, i) =>
            {
                var drawn = TrainingShare.Of(planned.Data.Roles.Take(fold.Train), point.Share, seed.Fork("learning curve").Fork(i));
                var (own, held) = (planned.Data.Take(fold.Train.At(drawn)), planned.Data.Take(fold.Holdout));
                var model = new Nearest().Fit(own, seed).OrThrow();
                return (own.RowCount, Of(model, held), Of(model, own));
            }).ToArray();
            Assert.Equal(made.Select(one => one.RowCount), point.Rows);
            Assert.Equal(made.Select(one => one.Item2), point[metric].PerFold);
            Assert.Equal(made.Select(one => one.Item3), point.TrainingScore(metric).PerFold);
        }

        double Of(Trained model, Dataset rows) => metric.Score(rows.Target, model.Predict(rows.Frame).OrThrow(), rows.Weights);
    }

    [Property]
    public void A_share_is_part_of_every_larger_one_and_keeps_classes_groups_and_times(AnyData any, Seed seed, byte one, byte other)
    {
        var (small, large) = (Math.Min(one, other) / 256.0 + 1.0 / 512, Math.Max(one, other) / 256.0 + 1.0 / 512);
        var roles = any.Data.Roles;
        var (less, more) = (TrainingShare.Of(roles, small, seed), TrainingShare.Of(roles, large, seed));
        Assert.Equal(less.Order(), less);
        Assert.Subset(more.ToHashSet(), less.ToHashSet());
        Assert.Equal(EquatableArray.Range(roles.Count), TrainingShare.Of(roles, 1, seed));
        Assert.InRange(less.Count, Math.Max(1, small * roles.Count - 1e-9), roles.Count);
        var (kept, left) = (less.ToHashSet(), Enumerable.Range(0, roles.Count).Except(less).ToArray());
        if (roles.Time is { } times)
            Assert.True(left.Length == 0 || left.Max(row => times[row]) < kept.Min(row => times[row]), "the latest rows are kept");
        else if (roles.Groups is { } groups)
            Assert.Empty(kept.Select(row => groups[row]).Intersect(left.Select(row => groups[row])));
        else if (roles.Target is Target.Classes classes)
        {
            foreach (var same in classes.Codes.Index().GroupBy(row => row.Item))
                Assert.Equal(Math.Ceiling(small * same.Count()), same.Count(row => kept.Contains(row.Index)));
        }
        else Assert.Equal(Math.Ceiling(small * roles.Count), less.Count);
    }

    [Fact]
    public void A_share_that_cannot_be_fitted_on_leaves_its_point_out_with_a_note()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of([.. Enumerable.Range(0, 20)]))),
            new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 20).Select(row => row % 3.0))));
        var found = Executor.Inline.LearningCurve(new Demanding(6), data, new FoldPlan.KFold(2), Seed.Of(1), [0.5, 0.6]).OrThrow();
        Assert.Equal([0.6, 1], found.LearningCurve.Select(point => point.Share));
        Assert.Contains(found.Notes, note => note.ToString().StartsWith(
            "learning curve, 50% of the training rows: demanding: left out: there are 5 rows", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void A_share_that_is_none_is_refused(double share)
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));
        var refused = Executor.Inline.LearningCurve(new Shares(), data, new FoldPlan.KFold(2), Seed.Of(1), [0.5, share]);
        Assert.Equal("Give shares above 0 and at most 1.", Assert.IsType<Outcome<FunctionalStack.Evaluation>.Fail>(refused).Failure.Remedy);
    }

    [Fact]
    public void Without_shares_there_are_five_points()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of([.. Enumerable.Range(0, 100)]))),
            new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 100).Select(row => row % 7.0))));
        var found = Executor.Inline.LearningCurve(new Nearest(), data, new FoldPlan.KFold(2), Seed.Of(1)).OrThrow();
        Assert.Equal([5, 10, 20, 35, 50], found.LearningCurve.Select(point => point.MeanRows));
    }

    private sealed record Demanding(int Least) : ILeafLearner
    {
        public string Name => "demanding";

        public Capabilities Capabilities => new(MissingValues: true, Categories: true);

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => data.RowCount < Least
            ? Outcome.Fail<IModel>(Name, $"there are {data.RowCount} rows", $"Give at least {Least}.") : new Nearest().FitLeaf(data, seed);
    }
}
