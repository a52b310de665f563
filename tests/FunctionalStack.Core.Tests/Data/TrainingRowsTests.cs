using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Data;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class TrainingRowsTests
{
    private static readonly Frame frame = Frame.Of(("x", Column.Numeric.Of(1, 2, 3)));

    [Property]
    public void Rows_without_weight_might_as_well_not_be_there(ClassData any, bool[] kept)
    {
        var n = any.Data.RowCount;
        var whole =
            any.Data.WithFrame(Frame.Empty(n)
                .With("x", new Column.Numeric(EquatableArray.From(Enumerable.Range(0, n).Select(row => row + 0.5)))));
        var weights = EquatableArray.From(Enumerable.Range(0, n).Select(row => row < kept.Length && kept[row] ? 1.5 : 0.0));
        var without = whole.WithFrequencies(weights).Take(EquatableArray.From(Enumerable.Range(0, n).Where(row => weights[row] > 0)));
        var (left, right) = (TrainingRows.Of(whole.WithFrequencies(weights), "l"), TrainingRows.Of(without, "l"));
        if (without.RowCount == 0)
        {
            Assert.Equal("l: there are no training rows of positive weight. Give at least one.", Failed(left));
            return;
        }

        var (a, b) = (left.OrThrow(), right.OrThrow());
        Assert.Equal(b.Features.Cells, a.Features.Cells);
        Assert.Equal(b.Target, a.Target);
        Assert.Equal(b.Weights, a.Weights);
    }

    [Fact]
    public void Without_weights_each_row_counts_once() =>
        Assert.Equal([1, 1, 1], TrainingRows.Of(new(frame, Target.Classes.Of("a", "b", "a")), "l").OrThrow().Weights);

    [Fact]
    public void Values_that_are_not_finite_are_refused_unless_they_have_no_weight()
    {
        var data = new Dataset(frame, new Target.Numeric(EquatableArray.Of(1, double.NaN, 2)));
        Assert.Equal("target, row 2: the value is NaN. Give finite numbers.", Failed(TrainingRows.Of(data, "l")));
        Assert.Equal(2, TrainingRows.Of(data.WithFrequencies(EquatableArray.Of(1.0, 0, 1)), "l").OrThrow().Count);
    }

    private static string Failed<T>(Outcome<T> outcome) => Assert.IsType<Outcome<T>.Fail>(outcome).Failure.ToString();
}
