using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Neural.Tests.Learners;

[Properties(Arbitrary = [typeof(Arbitraries), typeof(StandardInputsTests)])]
public class StandardInputsTests
{
    public sealed record Matrix(FeatureMatrix Rows);

    public static Arbitrary<Matrix> Matrices() =>
        (from rows in Gen.Choose(1, 20)
         from columns in Gen.Choose(1, 5)
         from cells in Gen.Frequency((4, Generate.Coarse), (1, Gen.Choose(-9999, 9999).Select(x => x * 1.7))).ArrayOf(rows * columns)
         select new Matrix(new(rows, EquatableArray.From(Enumerable.Range(0, columns).Select(c => $"x{c}")), cells))).ToArbitrary();

    [Property]
    public void Each_column_gets_mean_0_and_deviation_1_or_is_0_throughout(Matrix any)
    {
        var read = StandardInputs.OfColumns(any.Rows).OrThrow().Read(any.Rows);
        for (var c = 0; c < any.Rows.ColumnCount; c++)
        {
            var given = Column(any.Rows.Cells, any.Rows.ColumnCount, c);
            Check(Column(read, any.Rows.ColumnCount, c).Select(x => (double)x).ToArray(), constant: given.Distinct().Count() == 1);
        }
    }

    [Property]
    public void Pixels_together_get_mean_0_and_deviation_1_and_keep_their_order(Matrix any)
    {
        var read = StandardInputs.OfPixels(any.Rows).OrThrow().Read(any.Rows);
        var constant = any.Rows.Cells.Distinct().Count() == 1;
        Check([.. read.Select(x => (double)x)], constant);
        if (constant) return;
        foreach (var (one, other) in any.Rows.Cells.Zip(read).Order().Zip(any.Rows.Cells.Zip(read).Order().Skip(1)))
            Assert.True(one.Second <= other.Second);
    }

    [Property]
    public void A_constant_column_is_0_in_new_rows_and_the_rest_stays_within_a_million_deviations(Matrix any, double later)
    {
        if (!double.IsFinite(later)) return;
        var rows = any.Rows with { Cells = [.. any.Rows.Cells.Select((x, i) => i % any.Rows.ColumnCount == 0 ? 7 : x)] };
        var inputs = StandardInputs.OfColumns(rows).OrThrow();
        var read = inputs.Read(new(1, rows.Names, [.. Enumerable.Repeat(later, rows.ColumnCount)]));
        Assert.Equal(0, read[0]);
        Assert.All(read, x => Assert.InRange(x, -1e6f, 1e6f));
    }

    [Fact]
    public void Values_that_span_more_than_a_double_are_refused() => Assert.Equal(
        "column 'a': the values span from -1.7E+308 to 1.7E+308, more than a double holds. Scale them down.",
        StandardInputs.OfColumns(new(2, ["a"], [-1.7e308, 1.7e308])).Match(_ => "", failure => failure.ToString()));

    private static T[] Column<T>(T[] cells, int columns, int column) => [.. cells.Where((_, i) => i % columns == column)];

    // Float32 rounds each number by 6e-8 of itself, and none lies further than the root of 100 deviations out.
    private static void Check(double[] numbers, bool constant)
    {
        Assert.InRange(numbers.Average(), -1e-6, 1e-6);
        Assert.InRange(numbers.Average(x => x * x), constant ? 0 : 1 - 1e-5, constant ? 0 : 1 + 1e-5);
    }
}
