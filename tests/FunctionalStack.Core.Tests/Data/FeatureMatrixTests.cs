using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Data;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class FeatureMatrixTests
{
    [Property]
    public void Cells_are_the_columns_numbers_row_by_row_or_the_first_that_is_none_is_named(Frame frame)
    {
        var outcome = FeatureMatrix.Of(frame);
        if (frame.Columns.FirstOrDefault(column => column.Column is Column.Categorical) is { } words)
        {
            Assert.Equal($"column '{words.Name}'", Failed(outcome).Where);
            return;
        }

        var cells = Enumerable.Range(0, frame.RowCount)
            .SelectMany(row => frame.Columns.Select(column => ((Column.Numeric)column.Column)[row])).ToArray();
        if (Array.FindIndex(cells, cell => !double.IsFinite(cell)) is var bad and >= 0)
        {
            Assert.Equal($"column '{frame.Names[bad % frame.Columns.Count]}', row {bad / frame.Columns.Count + 1}", Failed(outcome).Where);
            return;
        }

        var matrix = outcome.OrThrow();
        Assert.Equal((frame.RowCount, frame.Names), (matrix.RowCount, matrix.Names));
        Assert.Equal(cells, matrix.Cells);
        for (var row = 0; row < frame.RowCount; row++)
            Assert.Equal(cells[(row * matrix.ColumnCount)..((row + 1) * matrix.ColumnCount)], matrix.Row(row).ToArray());
    }

    [Fact]
    public void Columns_stand_in_the_order_asked_for()
    {
        var frame = Frame.Of(("a", Column.Numeric.Of(1, 2)), ("b", Column.Numeric.Of(3, 4)), ("c", Column.Categorical.Of("x", "y")));
        Assert.Equal([3, 1, 4, 2], FeatureMatrix.Of(frame, EquatableArray.Of("b", "a")).OrThrow().Cells);
        Assert.Equal([4, 2], FeatureMatrix.Of(frame, EquatableArray.Of("b", "a")).OrThrow().Row(1).ToArray());
        Assert.Empty(FeatureMatrix.Of(frame, default).OrThrow().Cells);
    }

    [Fact]
    public void What_is_no_number_is_refused_with_its_place()
    {
        var frame =
            Frame.Of(("a", Column.Numeric.Of(1, double.NaN)), ("b", Column.Numeric.Of(3, double.NegativeInfinity)),
                ("c", Column.Categorical.Of("x", "y")));
        Assert.Equal("column 'c': holds categories, but this learner needs numeric columns. One-hot or ordinal encode it first.",
            Refused("c"));
        Assert.Equal("column 'd': is not in the data. Give the columns that the model was fitted on.", Refused("d"));
        Assert.Equal(
            "column 'a', row 2: the value is missing, but this learner does not support missing values. Impute missing values first.",
            Refused("a"));
        Assert.Equal("column 'b', row 2: the value is -Infinity. Give finite numbers.", Refused("b", "a"));

        string Refused(params string[] names) => Failed(FeatureMatrix.Of(frame, EquatableArray.Of(names))).ToString();
    }

    private static Failure Failed<T>(Outcome<T> outcome) => Assert.IsType<Outcome<T>.Fail>(outcome).Failure;
}
