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
    public void An_order_keeps_the_class_of_every_row(ClassData any, int seed)
    {
        var order = any.Classes.Levels.ToArray();
        Seed.Of(seed).Stream().Shuffle(order.AsSpan());
        var ordered = any.Classes.InOrder(EquatableArray.Of(order)).OrThrow();
        Assert.True(ordered.IsOrdered && ((Target.Classes)ordered.Take([0])).IsOrdered && !any.Classes.IsOrdered);
        Assert.Equal(order, ordered.Levels);
        Assert.Equal(any.Classes.Codes.Select(code => any.Classes.Levels[code]), ordered.Codes.Select(code => ordered.Levels[code]));
        Assert.Equal(ordered, any.Data.WithOrder(EquatableArray.Of(order)).OrThrow().Target);
    }

    [Theory]
    [InlineData("the order names 'hihg', which no row has. Did you mean 'high'?", "low", "mid", "hihg")]
    [InlineData("the order names 'worst', which no row has. Name each of the classes once: high, low, mid.", "worst", "low",
        "mid", "high")]
    [InlineData("the order does not name the class 'mid'. Name each of the classes once: high, low, mid.", "low", "high")]
    [InlineData("the order names 'low' twice. Name it once.", "low", "mid", "low", "high")]
    public void An_order_names_each_class_once(string message, params string[] order) => Assert.Equal(message,
        Assert.IsType<Outcome<Target.Classes>.Fail>(Target.Classes.Of("low", "high", "mid").InOrder(EquatableArray.Of(order))).Failure
            .ToString());

    [Fact]
    public void Numbers_have_no_order_of_classes() => Assert.Equal(
        "the target is numeric, so there are no classes to order. Give a target of classes.",
        Assert.IsType<Outcome<Dataset>.Fail>(new Dataset(Frame.Of(("x", Column.Numeric.Of(1))), new Target.Numeric([1]))
            .WithOrder(["a"])).Failure.ToString());

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
