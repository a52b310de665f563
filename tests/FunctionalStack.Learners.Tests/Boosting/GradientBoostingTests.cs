using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.Laws;
using FunctionalStack.Learners.Tests.Trees;
using Xunit;

namespace FunctionalStack.Learners.Tests.Boosting;

/// <summary>Parameters that no row or column is drawn by.</summary>
public sealed record PlainBoosting(GradientBoosting Spec);

public static class BoostingCases
{
    public static Arbitrary<PlainBoosting> Plain() => Arb.From(
        from rounds in Gen.Choose(1, 8)
        from eta in Gen.Elements(0.05, 0.1, 0.3)
        from depth in Gen.Elements<int?>(1, 2, 4, null)
        from leaves in Gen.Elements<int?>(null, null, 2, 5)
        from lambda in Gen.Elements(0, 1.0)
        from alpha in Gen.Elements(0, 0.5)
        from least in Gen.Elements(0, 0.5, 1.0)
        from bins in Gen.Elements(2, 4, 255)
        select new PlainBoosting(new(rounds, eta, depth, leaves, lambda, alpha, MinChildWeight: least, Bins: bins)));
}

[Properties(Arbitrary = [typeof(Arbitraries), typeof(TreeCases), typeof(BoostingCases)], MaxTest = 60)]
public class GradientBoostingTests
{
    [Property]
    public void The_training_loss_never_rises(PlainBoosting plain, ClassesCase classes, ValuesCase values, int seed)
    {
        Falls(plain.Spec, classes.Data);
        Falls(plain.Spec, values.Data);
        Falls(plain.Spec with { Objective = BoostingObjective.Quantile, Quantile = 0.3 }, values.Data);
        var counts = new Target.Numeric(EquatableArray.From(((Target.Numeric)values.Data.Target).Values.Select(Math.Abs)));
        Falls(plain.Spec with { Objective = BoostingObjective.Poisson }, values.Data.WithTarget(counts));

        void Falls(GradientBoosting spec, Dataset data)
        {
            var model = (GradientBoostingModel)spec.FitModel(data, Seed.Of(seed)).OrThrow();
            var last = double.PositiveInfinity;
            for (var trees = 0; trees <= model.Trees.Count; trees += model.Outputs)
            {
                var loss = LossOf(spec, model with { Trees = EquatableArray.From(model.Trees.Take(trees)) }, data);
                // The loss of counts can be negative.
                Assert.True(double.IsInfinity(last) || loss <= last + Math.Abs(last) * 1e-9 + 1e-9,
                    $"{spec.Objective}: {loss} after {last} with {trees} trees");
                last = loss;
            }
        }
    }

    [Property]
    public void A_constraint_is_kept_everywhere(PlainBoosting plain, AnyData any, bool rising, int pick)
    {
        var numeric = any.Data.Frame.Columns.Where(named => named.Column is Column.Numeric).Select(named => named.Name).ToArray();
        if (numeric.Length == 0) return;
        var name = numeric[(int)((uint)pick % numeric.Length)];
        var spec = rising ? plain.Spec with { Increasing = [name] } : plain.Spec with { Decreasing = [name] };
        if (spec.FitModel(any.Data, Seed.Of(1)) is not Outcome<IModel>.Ok { Value: GradientBoostingModel { Outputs: 1 } model }) return;
        var grid =
            model.Columns.First(column =>
                column.Name == name).Thresholds.SelectMany(threshold =>
                    new[] { Math.BitDecrement(threshold), threshold, Math.BitIncrement(threshold) }).Order().ToArray();
        if (grid.Length == 0) return;
        for (var row = 0; row < any.Data.RowCount; row++)
        {
            var same = any.Data.Frame.Take(EquatableArray.From(grid.Select(_ => row))).With(name, Column.Numeric.Of(grid));
            var scores = model.Scores(same).OrThrow();
            for (var i = 1; i < scores.Length; i++)
                Assert.True(rising ? scores[i] >= scores[i - 1] : scores[i] <= scores[i - 1],
                    $"{scores[i - 1]} then {scores[i]} at {grid[i]}");
        }
    }

    [Property]
    public void Rows_without_weight_are_no_rows(PlainBoosting plain, AnyData any, int seed)
    {
        var drawn = plain.Spec with { Subsample = 0.7, ColumnsByTree = 0.6, Patience = seed % 2 == 0 ? 3 : 0 };
        var doubled = any.Data.WithFrequencies(null)
            .Take([.. EquatableArray.Range(any.Data.RowCount), .. EquatableArray.Range(any.Data.RowCount)]);
        var weights = EquatableArray.From(Enumerable.Range(0, doubled.RowCount).Select(row => row < any.Data.RowCount ? 1.0 : 0));
        Assert.Equal(drawn.Fit(any.Data.WithFrequencies(null), Seed.Of(seed)), drawn.Fit(doubled.WithFrequencies(weights), Seed.Of(seed)));
    }

    [Property]
    public void Without_a_limit_trees_grown_by_leaf_and_by_depth_are_the_same(PlainBoosting plain, AnyData any)
    {
        var byDepth = plain.Spec with { MaxLeaves = null };
        Assert.Equal(byDepth.Fit(any.Data, Seed.Of(1)), (byDepth with { MaxLeaves = 1000 }).Fit(any.Data, Seed.Of(1)));
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(3, null)]
    [InlineData(2, 20)]
    public void Many_rows_give_the_same_bits_on_any_number_of_threads(int classes, int? leaves)
    {
        var stream = Seed.Of(3).Stream();
        const int rows = 9_000;
        var columns = Enumerable.Range(0, 14)
            .Select(c =>
                Enumerable.Range(0, rows).Select(_ => c % 2 == 0 ? stream.NextNormal() : Math.Max(0, stream.Next(20) - 15)).ToArray())
                    .ToArray();
        var codes = Enumerable.Range(0, rows)
            .Select(i => (int)Math.Abs(columns[0][i] + columns[1][i] + columns[2][i] * columns[3][i] + stream.NextNormal()) % classes);
        var data = new Dataset(TreeCases.FrameOf(columns), TreeCases.ClassesOf(codes, classes));
        var spec = new GradientBoosting(4, MaxLeaves: leaves, MaxDepth: 7, Subsample: 0.8, ColumnsByTree: 0.7);
        var alone = spec.Fit(data, Seed.Of(1)).OrThrow();
        foreach (var threads in new[] { 1, 2, 3, 7 }) Assert.Equal(alone, Executor.Threads(threads).Fit(spec, data, Seed.Of(1)).OrThrow());
    }

    [Fact]
    public void Categories_are_divided_in_the_order_of_their_means()
    {
        // Means: a 5, b 1, c 9, d 0. The best partition of four categories is b and d against a and c, which is a split in no alphabetical
        // order.
        string?[] words = [.. "aabbccdd".Select(letter => letter.ToString())];
        var target = new Target.Numeric(EquatableArray.Of(5.0, 5, 1, 1, 9, 9, 0, 0));
        var data = new Dataset(Frame.Of(("w", Column.Categorical.Of(words))), target);
        var model = (GradientBoostingModel)new GradientBoosting(1, 1, 1, Lambda: 0, CategorySmoothing: 0).FitModel(data, Seed.Of(1))
            .OrThrow();
        Assert.Equal([7.0, 7, 0.5, 0.5, 7, 7, 0.5, 0.5], model.Predict(data.Frame).OrThrow().Numbers());

        // Unseen categories and missing values go together.
        var later = model.Predict(Frame.Of(("w", Column.Categorical.Of("e", null, "c")))).OrThrow().Numbers();
        Assert.Equal(later[0], later[1]);
        Assert.Equal(7, later[2]);
    }

    [Fact]
    public void Levels_are_found_by_name_for_any_order_in_new_rows()
    {
        var data =
            new Dataset(Frame.Of(("w", Column.Categorical.Of("x", "x", "y", "y"))), new Target.Numeric(EquatableArray.Of(1.0, 1, 3, 3)));
        var model = new GradientBoosting(1, 1, 1, Lambda: 0, CategorySmoothing: 0).Fit(data, Seed.Of(1)).OrThrow();
        Assert.Equal([3.0, 1], model.Predict(Frame.Of(("w", new Column.Categorical(["y", "q", "x"], [0, 2])))).OrThrow().Numbers());
    }

    [Fact]
    public void Stopping_early_keeps_the_rounds_up_to_the_lowest_loss()
    {
        var stream = Seed.Of(4).Stream();
        var columns = Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, 400).Select(_ => stream.NextNormal()).ToArray()).ToArray();
        var data =
            new Dataset(TreeCases.FrameOf(columns),
                TreeCases.ClassesOf(Enumerable.Range(0, 400).Select(i => columns[0][i] + 2 * stream.NextNormal() > 0 ? 1 : 0), 2));
        var spec = new GradientBoosting(300, Patience: 5, ValidationShare: 0.25);
        var stopped = (GradientBoostingModel)spec.FitModel(data, Seed.Of(9)).OrThrow();
        Assert.InRange(stopped.Trees.Count, 1, 60);

        // The same rows held out by hand: the trees are those of a fit on the others, and no longer model is better on them.
        var fold = new FoldPlan.HoldOut(0.25, Seed.Of(9).Fork("validation")).Split(data.Roles).OrThrow()[0];
        var whole = (GradientBoostingModel)new GradientBoosting(stopped.Trees.Count + 5).FitModel(data.Take(fold.Train), Seed.Of(9))
            .OrThrow();
        Assert.Equal(stopped.Trees, EquatableArray.From(whole.Trees.Take(stopped.Trees.Count)));
        var losses = Enumerable.Range(0, whole.Trees.Count + 1)
            .Select(n => LossOf(spec, whole with { Trees = EquatableArray.From(whole.Trees.Take(n)) }, data.Take(fold.Holdout))).ToArray();
        Assert.Equal(stopped.Trees.Count, Array.IndexOf(losses, losses.Min()));
    }

    [Fact]
    public void Rows_and_columns_are_drawn_by_seed()
    {
        var (frame, score, _) = TreeCases.Formula();
        var data = new Dataset(frame, new Target.Numeric(EquatableArray.Own(score)));
        foreach (var spec in new[] { new GradientBoosting(3, Subsample: 0.5), new GradientBoosting(3, ColumnsByTree: 0.5),
            new GradientBoosting(3, ColumnsByLevel: 0.5) })
        {
            Assert.Equal(spec.Fit(data, Seed.Of(1)), spec.Fit(data, Seed.Of(1)));
            Assert.NotEqual(spec.Fit(data, Seed.Of(1)), spec.Fit(data, Seed.Of(2)));
        }

        Assert.All(((GradientBoostingModel)new GradientBoosting(20, ColumnsByTree: 0.25).FitModel(data, Seed.Of(1)).OrThrow()).Trees,
            tree => Assert.InRange(tree.Feature.Where(column => column >= 0).Distinct().Count(), 0, 1));
    }

    [Fact]
    public void A_limit_of_leaves_is_kept_and_the_node_that_gains_most_goes_first()
    {
        var (frame, score, _) = TreeCases.Formula();
        var data = new Dataset(frame, new Target.Numeric(EquatableArray.Own(score)));
        var whole =
            ((GradientBoostingModel)new GradientBoosting(1, MaxDepth: null, MinChildWeight: 1).FitModel(data, Seed.Of(1))
                .OrThrow()).Trees[0];
        var limited =
            ((GradientBoostingModel)new GradientBoosting(1, MaxDepth: null, MaxLeaves: 9).FitModel(data, Seed.Of(1)).OrThrow()).Trees[0];
        Assert.Equal(9, limited.LeafCount);
        Assert.True(whole.LeafCount > 9);
        Assert.Equal(whole.Gain[0], limited.Gain[0]);
        Assert.True(limited.Gain.Where(gain => gain > 0).Min() >= whole.Gain.Order().ElementAt(whole.NodeCount / 4));
    }

    [Fact]
    public void Importances_are_shares_of_the_gain()
    {
        var stream = Seed.Of(6).Stream();
        var columns = Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 300).Select(_ => stream.NextNormal()).ToArray()).ToArray();
        var model = (GradientBoostingModel)new GradientBoosting(20)
            .FitModel(new(TreeCases.FrameOf(columns), new Target.Numeric(EquatableArray.From(columns[1].Select(x => 3 * x)))), Seed.Of(1))
            .OrThrow();
        Assert.InRange(model.ImportanceOf("x1"), 0.98, 1);
        Assert.Equal(1, model.Importances.Sum(), 1e-12);
        Assert.Equal(1, model.Covers.Sum(), 1e-12);
        Assert.Throws<KeyNotFoundException>(() => model.ImportanceOf("x7"));
    }

    [Fact]
    public void Quantiles_are_quantiles()
    {
        // Uniform on [0, 1 + 9 [x > 0]]: the 0.9 quantile is 0.9 or 9.
        var stream = Seed.Of(8).Stream();
        var x = Enumerable.Range(0, 4000).Select(i => (double)(i % 2)).ToArray();
        var y = x.Select(side => stream.NextDouble() * (1 + 9 * side)).ToArray();
        var data = new Dataset(TreeCases.FrameOf(x), new Target.Numeric(EquatableArray.Own(y)));
        var predicted = new GradientBoosting(100, MaxDepth: 1, Objective: BoostingObjective.Quantile, Quantile: 0.9).Fit(data, Seed.Of(1))
            .OrThrow().Predict(TreeCases.FrameOf([0, 1])).OrThrow().Numbers();
        Assert.InRange(predicted[0], 0.87, 0.93);
        Assert.InRange(predicted[1], 8.7, 9.3);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_out_of_range_is_refused(GradientBoosting spec, string what)
    {
        var data = new Dataset(TreeCases.FrameOf([1, 2, 3]), new Target.Numeric(EquatableArray.Of(1.0, 2, -3)));
        Assert.Contains(what, Assert.IsType<Outcome<Trained>.Fail>(spec.Fit(data, Seed.Of(1))).Failure.What);
    }

    public static TheoryData<GradientBoosting, string> Refused => new()
    {
        { new(0), "rounds is 0" },
        { new(Eta: 0), "eta is 0" },
        { new(Eta: 1.5), "eta is 1.5" },
        { new(MaxDepth: 0), "maxDepth is 0" },
        { new(MaxLeaves: 1), "maxLeaves is 1" },
        { new(Lambda: -1), "lambda is -1" },
        { new(Alpha: double.NaN), "alpha is NaN" },
        { new(Gamma: -1), "gamma is -1" },
        { new(MinChildWeight: -1), "minChildWeight is -1" },
        { new(Subsample: 0), "subsample is 0" },
        { new(ColumnsByTree: 2), "columnsByTree is 2" },
        { new(ColumnsByLevel: 0), "columnsByLevel is 0" },
        { new(Bins: 256), "bins is 256" },
        { new(Bins: 1), "bins is 1" },
        { new(CategorySmoothing: -1), "categorySmoothing is -1" },
        { new(Objective: (BoostingObjective)9), "objective is 9" },
        { new(Objective: BoostingObjective.Poisson), "the target is -3" },
        { new(Quantile: 1), "quantile is 1" },
        { new(Increasing: ["y"]), "increasing names 'y'" },
        { new(Increasing: ["x0"], Decreasing: ["x0"]), "'x0' is both" },
        { new(Patience: -1), "patience is -1" },
        { new(Patience: 1, ValidationShare: 1), "validationShare is 1" },
    };

    private static double LossOf(GradientBoosting spec, GradientBoostingModel model, Dataset data)
    {
        var scores = model.Scores(data.Frame).OrThrow();
        if (data.Target is Target.Classes classes)
            return ClassMetrics.LogLoss(classes, (Prediction.Probabilities)model.Predict(data.Frame).OrThrow());
        return ((Target.Numeric)data.Target).Values.Zip(scores, (truth, score) => spec.Objective switch
        {
            BoostingObjective.Poisson => Math.Exp(score) - truth * score,
            BoostingObjective.Quantile => (truth - score) * (truth > score ? spec.Quantile : spec.Quantile - 1),
            _ => (truth - score) * (truth - score),
        }).Average();
    }
}
