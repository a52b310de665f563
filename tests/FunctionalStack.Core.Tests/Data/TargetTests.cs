using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Data;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class TargetTests
{
    [Property]
    public void Taking_rows_keeps_every_level_known(ClassData any, int[] picks)
    {
        var rows = EquatableArray.From(picks.Select(pick => (int)((uint)pick % any.Data.RowCount)));
        var taken = (Target.Classes)any.Classes.Take(rows);
        Assert.Equal(any.Classes.Levels, taken.Levels);
        Assert.Equal(rows.Select(row => any.Classes.Codes[row]), taken.Codes);
    }

    [Property]
    public void Mass_is_the_summed_weight_of_each_level(ClassData any)
    {
        var weights = any.Data.Weights;
        Assert.Equal(
            Enumerable.Range(0, any.Classes.Levels.Count)
                .Select(level =>
                    Enumerable.Range(0, any.Data.RowCount).Where(row => any.Classes.Codes[row] == level).Sum(row => weights?[row] ?? 1.0)),
            any.Classes.Mass(weights));
    }

    [Property]
    public void Values_are_taken_in_order(ValueData any, int[] picks)
    {
        var rows = EquatableArray.From(picks.Select(pick => (int)((uint)pick % any.Data.RowCount)));
        Assert.Equal(rows.Select(row => ((Target.Numeric)any.Data.Target).Values[row]),
            ((Target.Numeric)any.Data.Target.Take(rows)).Values);
    }

    [Fact]
    public void Strings_become_codes_in_ordinal_order()
    {
        var target = Target.Classes.Of("yes", "no", "Yes", "no");
        Assert.Equal(EquatableArray.Of("Yes", "no", "yes"), target.Levels);
        Assert.Equal(EquatableArray.Of(2, 1, 0, 1), target.Codes);
    }

    [Fact]
    public void Codes_out_of_range_and_repeated_levels_are_refused()
    {
        Assert.Contains("code -1 is out of range", Assert.Throws<ArgumentException>(() => new Target.Classes(["a"], [-1])).Message);
        Assert.Contains("code 1 is out of range", Assert.Throws<ArgumentException>(() => new Target.Classes(["a"], [1])).Message);
        Assert.Contains("a level is repeated", Assert.Throws<ArgumentException>(() => new Target.Classes(["a", "a"], [1])).Message);
    }
}
