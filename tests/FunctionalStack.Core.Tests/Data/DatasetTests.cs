using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Data;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class DatasetTests
{
    [Property]
    public void Every_role_is_taken_with_its_row(AnyData any, int[] picks)
    {
        var rows = EquatableArray.From(picks.Select(pick => (int)((uint)pick % any.Data.RowCount)));
        var taken = any.Data.Take(rows);
        Assert.Equal(any.Data.Frame.Take(rows), taken.Frame);
        Assert.Equal(any.Data.Target.Take(rows), taken.Target);
        Assert.Equal(any.Data.Weights?.At(rows), taken.Weights);
        Assert.Equal(any.Data.Roles.Groups?.At(rows), taken.Roles.Groups);
        Assert.Equal(any.Data.Roles.Folds?.At(rows), taken.Roles.Folds);
    }

    [Property]
    public void Datasets_compare_by_value(AnyData any)
    {
        var again = any.Data.Take(EquatableArray.Range(any.Data.RowCount));
        Assert.Equal(any.Data, again);
        Assert.Equal(any.Data.GetHashCode(), again.GetHashCode());
    }

    [Fact]
    public void Roles_of_other_lengths_and_weights_that_are_none_are_refused()
    {
        var (frame, target) = (Frame.Of(("x", Column.Numeric.Of(1, 2))), new Target.Numeric(EquatableArray.Of(1.0, 2.0)));
        Refused("the target has 1 rows, the frame 2", new Roles(new Target.Numeric(EquatableArray.Of(1.0))));
        Refused("the weights has 1 rows, the frame 2", new Roles(target, EquatableArray.Of(1.0)));
        Refused("the groups has 3 rows, the frame 2", new Roles(target, Groups: EquatableArray.Of(1, 2, 3)));
        Refused("the folds has 0 rows, the frame 2", new Roles(target, Folds: EquatableArray.Of<int>()));
        Refused("weight -1 is not", new Roles(target, EquatableArray.Of(1.0, -1)));
        Refused("weight NaN is not", new Roles(target, EquatableArray.Of(1.0, double.NaN)));
        Refused("is not a finite number", new Roles(target, EquatableArray.Of(1.0, double.PositiveInfinity)));
        Assert.Equal(0, new Dataset(Frame.Empty(0), new Target.Numeric(default)).RowCount);

        void Refused(string why, Roles roles) =>
            Assert.Contains(why, Assert.Throws<ArgumentException>(() => new Dataset(frame, roles)).Message);
    }

    [Fact]
    public void A_gap_is_kept_by_parts_and_must_be_a_finite_number_of_at_least_0()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3))), new Target.Numeric([1, 2, 3])).WithTime([1, 2, 3]).WithGap(2);
        Assert.Equal(2, data.Take([2, 0]).Roles.Gap);
        Assert.Throws<ArgumentException>(() => data.WithGap(-1));
        Assert.Throws<ArgumentException>(() => data.WithGap(double.NaN));
        Assert.Throws<ArgumentException>(() => data.WithGap(double.PositiveInfinity));
    }
}
