using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Preprocessing.Tests;

[Properties(Arbitrary = [typeof(Tables)], MaxTest = 60)]
public class TargetEncodeTests
{
    private static readonly string[] Names = ["c0", "c1", "c2"];

    [Property]
    public void A_rows_target_does_not_change_its_own_encoding(Table table, int which)
    {
        var row = (int)((uint)which % (uint)table.Data.RowCount);
        foreach (var transform in new[] { new TargetEncode(), new TargetEncode(3, 0),
            new TargetEncode(Plan: new FoldPlan.Repeated(new FoldPlan.KFold(2), 3, table.Seed)) })
        {
            var before = transform.Fit(table).OrThrow().TrainView;
            var after = transform.Fit(table.With(table.Data.WithTarget(Changed(table.Data.Target, row)))).OrThrow().TrainView;
            Assert.Equal(before.Take([row]), after.Take([row]));
        }
    }

    [Property]
    public void But_it_changes_the_map(Table table)
    {
        var before = new TargetEncode().Fit(table).OrThrow().Map;
        var after = new TargetEncode().Fit(table.With(table.Data.WithTarget(Changed(table.Data.Target, 0)))).OrThrow().Map;
        Assert.NotEqual(before, after);
    }

    [Property]
    public void Training_rows_get_the_encoding_of_the_other_folds(Table table)
    {
        var plan = new FoldPlan.KFold(3, table.Seed.Fork("plan"));
        var view = new TargetEncode(Plan: plan).Fit(table).OrThrow().TrainView;
        foreach (var fold in plan.Split(table.Data.Roles).OrThrow())
        {
            var map = new TargetEncode().Fit(table.With(table.Data.Take(fold.Train))).OrThrow().Map;
            Assert.Equal(map.Apply(table.Data.Frame.Take(fold.Holdout)).OrThrow(), view.Take(fold.Holdout));
        }
    }

    [Property]
    public void Shares_of_all_classes_sum_to_1(Table table)
    {
        if (table.Data.Target is not Target.Classes { Levels.Count: 3 }) return;
        var fitted = new TargetEncode().Fit(table).OrThrow();
        foreach (var frame in new[] { fitted.TrainView, fitted.Map.Apply(table.Data.Frame).OrThrow() })
        {
            foreach (var name in Names)
            {
                var columns = new[] { "a", "b", "c" }.Select(level => Tables.Of(frame, $"{name}:target({level})")).ToArray();
                for (var row = 0; row < frame.RowCount; row++) Assert.Equal(1, columns.Sum(column => column[row]), 1e-12);
            }
        }
    }

    [Fact]
    public void The_map_holds_smoothed_means()
    {
        // By hand: mean of all 4; level a (n 2, mean 2): (4 + 2 * 4) / 4; b (n 1, mean 9): (9 + 8) / 3; missing (n 1, mean 3): (3 + 8) / 3.
        var data = new Dataset(Frame.Of(("c", Column.Categorical.Of("a", "b", "a", null))), new Target.Numeric([1, 9, 3, 3]));
        var map = new TargetEncode(2, 2).Fit(data, Seed.Of(1)).OrThrow().Map;
        var later = map.Apply(Frame.Of(("c", Column.Categorical.Of("new", "b", "a", null)))).OrThrow();
        Assert.Equal(Frame.Of(("c:target", Column.Numeric.Of(4, 17.0 / 3, 3, 11.0 / 3))), later);
        var weighted = new TargetEncode(2, 0).Fit(data.WithFrequencies([1, 2, 3, 0]), Seed.Of(1)).OrThrow().Map;
        Assert.Equal([28.0 / 6, 9, 2.5, 28.0 / 6],
            Tables.Of(weighted.Apply(Frame.Of(("c", Column.Categorical.Of("new", "b", "a", null)))).OrThrow(), "c:target"));
    }

    [Fact]
    public void Two_classes_make_one_column_in_place_and_few_levels_pass()
    {
        var data = new Dataset(
            Frame.Of(("x", Column.Numeric.Of(1, 2, 3)), ("many", Column.Categorical.Of("a", "b", "c")),
                ("few", Column.Categorical.Of("a", "b", "a"))),
            new Target.Classes(["no", "yes"], [0, 1, 1]));
        var fitted = new TargetEncode(MinLevels: 3).Fit(data, Seed.Of(1)).OrThrow();
        Assert.Equal(["x", "many:target(yes)", "few"], fitted.TrainView.Names);
        Assert.Equal(fitted.TrainView.Names, fitted.Map.Apply(data.Frame).OrThrow().Names);
        Assert.Equal(["x", "many", "few"], new TargetEncode(MinLevels: 4).Fit(data, Seed.Of(1)).OrThrow().TrainView.Names);
    }

    [Fact]
    public void A_unique_key_per_row_does_not_predict_noise()
    {
        // Fitted on its own rows it would give the target away; out of fold it is the mean of the others' targets.
        var stream = Seed.Of(7).Stream();
        var targets = new double[200];
        for (var i = 0; i < targets.Length; i++) targets[i] = stream.NextNormal();
        var data =
            new Dataset(Frame.Of(("key", Column.Categorical.Of([.. Enumerable.Range(0, 200).Select(i => $"k{i}")]))),
                new Target.Numeric(EquatableArray.Own(targets)));
        var fitted = new TargetEncode(5, 0).Fit(data, Seed.Of(1)).OrThrow();
        Assert.Equal(targets, Tables.Of(fitted.Map.Apply(data.Frame).OrThrow(), "key:target"));
        Assert.Equal(5, Tables.Of(fitted.TrainView, "key:target").Distinct().Count());
    }

    [Fact]
    public void A_plan_that_never_holds_some_rows_out_leaves_them_out_of_the_train_view()
    {
        var data = Tables.Make(4, true).Data;
        var transform = new TargetEncode(Plan: new FoldPlan.TimeOrdered(2));
        var fitted = transform.Fit(data, Seed.Of(1)).OrThrow();
        var (covered, view) = (fitted.Covered!.Value, fitted.TrainView);
        Assert.True(covered.Count < data.RowCount);
        Assert.Equal(data.Frame.Take(covered).Select("n0", "n1"), view.Select("n0", "n1"));
        Assert.Equal(covered.Count,
            new TargetEncode(MinLevels: 99, Plan: new FoldPlan.TimeOrdered(2)).Fit(data, Seed.Of(1)).OrThrow().TrainView.RowCount);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        var data = Tables.Make(1, true).Data;
        Assert.Equal("folds is 1", Tables.FailureOf(new TargetEncode(1).Fit(data, Seed.Of(1))).What);
        Assert.Equal("smoothing is -1", Tables.FailureOf(new TargetEncode(Smoothing: -1).Fit(data, Seed.Of(1))).What);
        Assert.Equal("smoothing is NaN", Tables.FailureOf(new TargetEncode(Smoothing: double.NaN).Fit(data, Seed.Of(1))).What);
        Assert.Equal("minLevels is -1", Tables.FailureOf(new TargetEncode(MinLevels: -1).Fit(data, Seed.Of(1))).What);
        Assert.Equal("targetEncode: folds", Tables.FailureOf(new TargetEncode().Fit(data.Take([0]), Seed.Of(1))).Where);
        var weightless = data.Take([0, 1]).WithFrequencies([1, 0]);
        Assert.StartsWith("targetEncode, fold ", Tables.FailureOf(new TargetEncode().Fit(weightless, Seed.Of(1))).Where);
        var taken =
            new Dataset(Frame.Of(("c", Column.Categorical.Of("a", "b")), ("c:target", Column.Numeric.Of(1, 2))),
                new Target.Numeric([1, 2]));
        Assert.Equal("targetEncode, column 'c:target'", Tables.FailureOf(new TargetEncode().Fit(taken, Seed.Of(1))).Where);
    }

    private static Target Changed(Target target, int row)
    {
        switch (target)
        {
            case Target.Classes classes:
                var codes = classes.Codes.ToArray();
                codes[row] = (codes[row] + 1) % classes.Levels.Count;
                return new Target.Classes(classes.Levels, EquatableArray.Own(codes));
            default:
                var numbers = ((Target.Numeric)target).Values.ToArray();
                numbers[row] += 1000;
                return new Target.Numeric(EquatableArray.Own(numbers));
        }
    }
}
