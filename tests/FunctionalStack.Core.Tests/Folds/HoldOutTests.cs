using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Folds;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class HoldOutTests
{
    [Property]
    public void The_share_is_held_out_of_every_class_rounded(AnyData any, byte percent, Seed seed, bool shuffle)
    {
        var share = (1 + percent % 99) / 100.0;
        var fold = Assert.Single(new FoldPlan.HoldOut(share, shuffle ? seed : null).Split(any.Data.Roles).OrThrow());
        Assert.Equal(Enumerable.Range(0, any.Data.RowCount), fold.Train.Concat(fold.Holdout).Order());
        var strata = Enumerable.Range(0, any.Data.RowCount)
            .GroupBy(row => any.Data.Target is Target.Classes classes ? classes.Codes[row] : 0).ToArray();

        // Never a class's only row, unless no class has two.
        var most = strata.Sum(rows => rows.Count() - 1);
        var wanted = Math.Clamp((int)Math.Round(any.Data.RowCount * share), 1, any.Data.RowCount - 1);
        Assert.Equal(Math.Max(1, Math.Min(most, wanted)), fold.Holdout.Count);
        Assert.All(strata, rows =>
        {
            var held = rows.Count(fold.Holdout.Contains);
            // What a small class cannot give, others do.
            var lacking = strata.Sum(other => Math.Max(0, (int)Math.Ceiling(other.Count() * share) - (other.Count() - 1)));
            Assert.InRange(held, Math.Min((int)(rows.Count() * share), rows.Count() - 1), Math.Ceiling(rows.Count() * share) + lacking);
            Assert.True(held < rows.Count() || most == 0);
        });
    }

    [Fact]
    public void The_share_is_that_asked_and_goes_to_every_class_in_proportion()
    {
        var data = Target.Classes.Of([.. Enumerable.Repeat("a", 60), .. Enumerable.Repeat("b", 25), .. Enumerable.Repeat("c", 14), "d"]);
        var fold = new FoldPlan.HoldOut(0.1, Seed.Of(1)).Split(new Roles(data)).OrThrow()[0];
        Assert.Equal([6, 3, 1, 0], Enumerable.Range(0, 4).Select(code => fold.Holdout.Count(row => data.Codes[row] == code)));
    }

    [Property]
    public void Unshuffled_the_last_rows_are_held_out(ValueData any, byte percent)
    {
        var fold = new FoldPlan.HoldOut((1 + percent % 99) / 100.0).Split(any.Data.Roles).OrThrow()[0];
        Assert.True(fold.Train[fold.Train.Count - 1] < fold.Holdout[0]);
    }

    [Fact]
    public void Shares_out_of_0_to_1_and_single_rows_are_refused()
    {
        Assert.All(new[] { 0, 1, -0.5, 1.5, double.NaN },
            share => Some.Refused($"the fraction is {share}", new FoldPlan.HoldOut(share), Some.Values(5)));
        Some.Refused("there are only 1 rows", new FoldPlan.HoldOut(0.5), Some.Values(1));
        Assert.Equal(EquatableArray.Of(new Fold([0], [1])), new FoldPlan.HoldOut(0.5).Split(Some.Values(2)).OrThrow());
    }
}
