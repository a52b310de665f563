using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Folds;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class ValidationTests
{
    [Property]
    public void The_share_of_all_rows_is_held_out_and_no_class_whole(AnyData any, byte percent, Seed seed, bool shuffle)
    {
        var share = (1 + percent % 99) / 100.0;
        var roles = new Roles(any.Data.Target);
        var codes = roles.Target is Target.Classes classes ? classes.Codes.ToArray() : new int[roles.Count];
        var sizes = codes.CountBy(code => code).ToDictionary(pair => pair.Key, pair => pair.Value);
        if (sizes.Values.All(size => size == 1))
        {
            Some.Refused("every class has only one row, so none can be held out", new FoldPlan.Validation(share), roles);
            return;
        }

        var fold = Assert.Single(new FoldPlan.Validation(share, shuffle ? seed : null).Split(roles).OrThrow());
        Assert.Equal(Enumerable.Range(0, roles.Count), fold.Train.Concat(fold.Holdout).Order());
        Assert.All(sizes, size => Assert.Contains(fold.Train, row => codes[row] == size.Key));
        var spare = sizes.Values.Sum(size => size - 1);
        Assert.Equal(Math.Min(Math.Clamp((int)Math.Round(roles.Count * share), 1, roles.Count - 1), spare), fold.Holdout.Count);

        // Within one row of its share, unless a class has no more rows to hold out.
        if (spare > fold.Holdout.Count && sizes.Values.All(size => size * share <= size - 1))
        {
            Assert.All(sizes, size =>
                Assert.InRange(fold.Holdout.Count(row => codes[row] == size.Key), size.Value * share - 1, size.Value * share + 1));
        }
    }

    [Property]
    public void Groups_stay_whole_and_both_sides_have_some(AnyData any, byte percent, Seed seed, byte groups)
    {
        var many = 2 + groups % 10;
        var numbers = EquatableArray.From(Enumerable.Range(0, any.Data.RowCount).Select(row => row * 7 % many));
        if (numbers.Distinct().Count() < 2) return;
        var (plan, roles) = (new FoldPlan.Validation((1 + percent % 99) / 100.0, seed), new Roles(any.Data.Target, Groups: numbers));
        if (any.Data.Target is Target.Classes classes && EveryGroupHoldsAClass(classes.Codes, numbers))
        {
            Some.Refused("every group contains all rows of a class, so none can be held out", plan, roles);
            return;
        }

        var fold = plan.Split(roles).OrThrow()[0];
        Assert.Empty(fold.Train.Select(row => numbers[row]).Intersect(fold.Holdout.Select(row => numbers[row])));
        Assert.Equal(any.Data.RowCount, fold.Train.Count + fold.Holdout.Count);
        Assert.True(fold.Train.Count > 0 && fold.Holdout.Count > 0);
    }

    private static bool EveryGroupHoldsAClass(EquatableArray<int> codes, EquatableArray<int> groups) =>
        codes.Zip(groups).GroupBy(row => row.First).Where(rows => rows.Select(row => row.Second).Distinct().Count() == 1)
            .Select(rows => rows.First().Second).Distinct().Count() == groups.Distinct().Count();

    [Property]
    public void Times_hold_out_the_latest_rows(ValueData any, byte percent, Seed seed)
    {
        var stream = seed.Stream();
        var times = EquatableArray.From(Enumerable.Range(0, any.Data.RowCount).Select(_ => (double)stream.Next(8)).ToArray());
        if (times.Distinct().Count() < 2)
        {
            Some.Refused("all rows have the same time", new FoldPlan.Validation(0.5), new(any.Data.Target, Time: times));
            return;
        }

        var fold = new FoldPlan.Validation((1 + percent % 99) / 100.0, seed).Split(new(any.Data.Target, Time: times)).OrThrow()[0];
        Assert.True(fold.Train.Max(row => times[row]) < fold.Holdout.Min(row => times[row]));
        Assert.Equal(any.Data.RowCount, fold.Train.Count + fold.Holdout.Count);
    }

    [Fact]
    public void Of_a_group_that_has_both_old_rows_and_new_the_old_ones_are_left_out()
    {
        var fold = new FoldPlan.Validation(0.25).Split(new(new Target.Numeric([1, 2, 3, 4]), Groups: [0, 1, 2, 0],
            Time: [1, 2, 3, 4])).OrThrow()[0];
        Assert.Equal(new Fold([1, 2], [3]), fold);
    }

    [Fact]
    public void A_classs_only_row_is_never_held_out() => Assert.All(Enumerable.Range(0, 50), seed => Assert.Contains(
        4, new FoldPlan.Validation(0.4, Seed.Of(seed)).Split(new(Target.Classes.Of("a", "a", "a", "a", "rare"))).OrThrow()[0].Train));

    [Property]
    public void The_latest_rows_are_held_out_and_those_within_the_gap_before_them_are_left_out(
        FsCheck.NonEmptyArray<byte> moments, byte percent, byte gap)
    {
        var times = EquatableArray.From(moments.Get.Select(moment => moment % 16.0));
        var roles = new Roles(new Target.Numeric(times), Time: times) { Gap = gap % 6 / 2.0 };
        if (new FoldPlan.Validation((1 + percent % 99) / 100.0).Split(roles) is not Outcome<EquatableArray<Fold>>.Ok { Value: [var fold] })
            return;
        var start = fold.Holdout.Min(row => times[row]);
        Assert.Equal(Enumerable.Range(0, times.Count).Where(row => times[row] >= start), fold.Holdout);
        Assert.Equal(Enumerable.Range(0, times.Count).Where(row => times[row] < start - roles.Gap), fold.Train);
    }
}
