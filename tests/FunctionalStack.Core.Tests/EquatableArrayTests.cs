using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class EquatableArrayTests
{
    [Property]
    public void Equal_elements_give_equal_lists_however_they_were_created(double[] items)
    {
        var copies =
            new[] { EquatableArray.Own(items), EquatableArray.Of(items), EquatableArray.From(items.AsEnumerable()), [.. items],
                EquatableArray.Copy<double>(items) };
        Assert.All(copies, copy =>
        {
            Assert.True(copy == copies[0]);
            Assert.Equal(copies[0].GetHashCode(), copy.GetHashCode());
            Assert.Equal(items, copy.ToArray());
        });
    }

    [Property]
    public void A_changed_element_gives_unequal_lists(int[] items, byte which)
    {
        if (items.Length == 0) return;
        var other = items.ToArray();
        other[which % items.Length]++;
        Assert.True(EquatableArray.Own(items) != EquatableArray.Own(other));
        Assert.False(EquatableArray.Own(items).Equals((object)EquatableArray.Own(other)));
        Assert.NotEqual(EquatableArray.Own(items), EquatableArray.From(items.Append(0)));
    }

    [Fact]
    public void Not_a_number_equals_itself_and_nan_records_equal_each_other()
    {
        Assert.Equal(EquatableArray.Of(1, double.NaN), EquatableArray.Of(1, double.NaN));
        Assert.Equal(EquatableArray.Of(double.NaN).GetHashCode(), EquatableArray.Of(-double.NaN).GetHashCode());
        Assert.Equal(Column.Numeric.Of(double.NaN), Column.Numeric.Of(double.NaN));
    }

    [Fact]
    public void Default_is_the_empty_list()
    {
        EquatableArray<int> none = default;
        Assert.Equal(EquatableArray.Of<int>(), none);
        Assert.Equal(EquatableArray.Of<int>().GetHashCode(), none.GetHashCode());
        Assert.Empty(none);
        Assert.Empty(none.ToArray());
        Assert.Equal(none, none.At(default));
        Assert.Equal("[]", none.ToString());
    }

    [Property]
    public void From_and_Of_copy_so_that_later_writes_change_nothing(int[] items)
    {
        if (items.Length == 0) return;
        var (of, from, before) = (EquatableArray.Of(items), EquatableArray.From(items), items[0]);
        items[0]++;
        Assert.Equal(before, of[0]);
        Assert.Equal(before, from[0]);
        of.ToArray()[0]++;
        Assert.Equal(before, of[0]);
    }

    [Property]
    public void At_takes_elements_in_the_order_asked_for(Frame frame, int[] picks)
    {
        var names = frame.Names;
        if (names.Count == 0) return;
        var at = EquatableArray.From(picks.Select(pick => (int)((uint)pick % names.Count)));
        Assert.Equal(at.Select(i => names[i]), names.At(at));
    }

    [Fact]
    public void Long_lists_print_their_first_eight() => Assert.Equal("[0, 1, 2, 3, 4, 5, 6, 7, ... 9]", EquatableArray.Range(9).ToString());
}
