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
        var strata = Enumerable.Range(0, any.Data.RowCount).GroupBy(row => any.Data.Target is Target.Classes classes ? classes.Codes[row] : 0).ToArray();
        var rounded = strata.Select(rows => (int)Math.Round(rows.Count() * share)).ToArray();
        if (rounded.Sum() == 0 || rounded.Sum() == any.Data.RowCount)
        {
            // One row is given to the side that would have had none.
            Assert.Equal(1, Math.Min(fold.Train.Count, fold.Holdout.Count));
            return;
        }

        Assert.Equal(rounded, strata.Select(rows => rows.Count(fold.Holdout.Contains)));
    }

    [Property]
    public void Unshuffled_the_last_rows_are_held_out(ValueData any, byte percent)
    {
        var fold = new FoldPlan.HoldOut((1 + percent % 99) / 100.0).Split(any.Data.Roles).OrThrow()[0];
        Assert.True(fold.Train[fold.Train.Count - 1] < fold.Holdout[0]);
    }

    [Fact]
    public void Shares_outside_0_to_1_and_single_rows_are_refused()
    {
        Assert.All(new[] { 0, 1, -0.5, 1.5, double.NaN }, share => Some.Refused($"a share of {share} was to be held out", new FoldPlan.HoldOut(share), Some.Values(5)));
        Some.Refused("there are only 1 rows", new FoldPlan.HoldOut(0.5), Some.Values(1));
        Assert.Equal(Values.Of(new Fold([0], [1])), new FoldPlan.HoldOut(0.5).Split(Some.Values(2)).OrThrow());
    }
}
