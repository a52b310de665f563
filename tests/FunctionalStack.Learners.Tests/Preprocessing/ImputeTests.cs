using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Preprocessing.Tests;

[Properties(Arbitrary = [typeof(Tables)], MaxTest = 60)]
public class ImputeTests
{
    private const double NaN = double.NaN;

    [Property]
    public void Missing_values_are_imputed_present_ones_stay_and_indicators_mark_them(Table table)
    {
        var filled = new Impute().Fit(table).OrThrow().TrainView;
        foreach (var (name, column) in table.Data.Frame.Columns)
        {
            var missing = Enumerable.Range(0, column.Count).Where(column.IsMissing).ToArray();
            if (missing.Length == column.Count) continue;
            Assert.DoesNotContain(Enumerable.Range(0, column.Count), filled[name].IsMissing);
            var present = EquatableArray.From(Enumerable.Range(0, column.Count).Except(missing));
            Assert.Equal(column.Take(present), filled[name].Take(present));
            Assert.Equal(missing.Length > 0, filled.Find($"{name}:missing") is not null);
            if (missing.Length > 0)
                Assert.Equal(Enumerable.Range(0, column.Count).Select(row => column.IsMissing(row) ? 1.0 : 0),
                    Tables.Of(filled, $"{name}:missing"));
        }
    }

    [Property]
    public void Imputing_what_is_imputed_changes_nothing(Table table)
    {
        var once = new Impute(false).Fit(table).OrThrow().TrainView;
        Assert.Equal(once, new Impute(false).Fit(table.With(table.Data.WithFrame(once))).OrThrow().TrainView);
    }

    [Theory]
    [InlineData(new double[] { 3 }, 3)]
    [InlineData(new double[] { 4, 1 }, 2.5)]
    [InlineData(new double[] { 9, 1, 5, 5, 5, 1, 2 }, 5)]
    [InlineData(new double[] { 1, 1, 1, 0, 0, 0 }, 0.5)]
    [InlineData(new[] { 1e308, 1.5e308 }, 1.25e308)]
    public void The_median_is_the_middle_or_the_mean_of_the_middle_two(double[] numbers, double median)
    {
        var data = Tables.Data(("x", Column.Numeric.Of([.. numbers, NaN])));
        Assert.Equal(median, Tables.Of(new Impute().Fit(data, Seed.Of(1)).OrThrow().TrainView, "x")[^1], 1e-15 * median);
    }

    [Property]
    public void The_median_is_that_of_sorting(int number)
    {
        var stream = Seed.Of(number).Stream();
        var numbers = new double[1 + stream.Next(200)];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = stream.Next(1 + stream.Next(300));
        var sorted = numbers.Order().ToArray();
        var expected = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        var data = Tables.Data(("x", Column.Numeric.Of([.. numbers, NaN])));
        Assert.Equal(expected, Tables.Of(new Impute().Fit(data, Seed.Of(1)).OrThrow().TrainView, "x")[^1]);
    }

    [Fact]
    public void Selection_stays_fast_enough_and_right_for_organ_pipes()
    {
        // Rises then falls: an order with poor pivots at the ends and the middle.
        var numbers = Enumerable.Range(0, 50_000).Select(i => (double)Math.Min(i, 49_999 - i)).ToArray();
        var data = Tables.Data(("x", Column.Numeric.Of([.. numbers, NaN])));
        Assert.Equal(12_499.5, Tables.Of(new Impute().Fit(data, Seed.Of(1)).OrThrow().TrainView, "x")[^1]);
    }

    [Fact]
    public void Ties_of_levels_go_to_the_first_and_weights_count()
    {
        var column = new Column.Categorical(["z", "a"], [0, 1, 0, 1, -1]);
        var data = Tables.Data(("x", column));
        Assert.Equal("z", Tables.Words(new Impute().Fit(data, Seed.Of(1)).OrThrow().TrainView["x"])[^1]);
        Assert.Equal("a", Tables.Words(new Impute().Fit(data.WithFrequencies([1, 1, 1, 1.5, 1]), Seed.Of(1)).OrThrow().TrainView["x"])[^1]);
    }

    [Fact]
    public void A_column_without_any_value_becomes_0_or_stays_missing_and_is_noted()
    {
        var data = Tables.Data(("x", Column.Numeric.Of(NaN, NaN)), ("c", Column.Categorical.Of(null, null)));
        var outcome = new Impute().Then(new OneHot()).Fit(data, Seed.Of(1));
        Assert.Equal(Frame.Of(("x", Column.Numeric.Of(0, 0))), outcome.OrThrow().TrainView);
        Assert.Equal(2, outcome.Notes.Count);
        Assert.Contains("'x'", outcome.Notes[0].What);
        Assert.Contains("'c'", outcome.Notes[1].What);
    }

    [Fact]
    public void New_rows_may_miss_complete_columns_and_have_other_levels_and_kinds()
    {
        var map = new Impute()
            .Fit(Tables.Data(("x", Column.Numeric.Of(1, 3)), ("c", Column.Categorical.Of("b", "b")),
                ("d", Column.Categorical.Of("7", "007"))), Seed.Of(1)).OrThrow().Map;
        var later =
            map.Apply(Frame.Of(("x", Column.Categorical.Of(null, null)), ("c", Column.Categorical.Of("a", null)),
                ("d", Column.Numeric.Of(7, NaN)))).OrThrow();
        Assert.Equal([2.0, 2.0], Tables.Of(later, "x"));
        Assert.Equal("a b", string.Join(" ", Tables.Words(later["c"])));
        Assert.Equal("7 007", string.Join(" ", Tables.Words(later["d"])));
        Assert.Equal(["x", "c", "d"], later.Names);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        var taken = Tables.Data(("Age", Column.Numeric.Of(1, NaN)), ("Age:missing", Column.Numeric.Of(0, 1)));
        Assert.Equal("impute, column 'Age:missing'", Tables.FailureOf(new Impute().Fit(taken, Seed.Of(1))).Where);
        Assert.Equal("impute, column 'x', row 2",
            Tables.FailureOf(new Impute().Fit(Tables.Data(("x", Column.Numeric.Of(1, double.PositiveInfinity))), Seed.Of(1))).Where);
        var map = new Impute().Fit(Tables.Data(("x", Column.Numeric.Of(1, 2))), Seed.Of(1)).OrThrow().Map;
        Assert.Contains("'old'",
            Assert.Throws<OutcomeException>(() => map.Apply(Frame.Of(("x", Column.Categorical.Of("old")))).OrThrow()).Message);
        Assert.Throws<KeyNotFoundException>(() => map.Apply(Frame.Empty(1)).OrThrow());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1 / 18.0)]
    [InlineData(3)]
    public void The_median_does_not_depend_on_the_unit_of_weights(double unit)
    {
        var data = Tables.Data(("x", Column.Numeric.Of(double.NaN, 1, 2, 3, 10, 20, 30, 40, double.NaN)));
        double First(double by) =>
            Tables.Of(new Impute()
                .Fit(data.WithFrequencies(EquatableArray.From(new[] { 1.0, 2, 3, 1, 2, 3, 1, 2, 1 }.Select(w => w * by))), Seed.Of(1))
                .OrThrow().TrainView, "x").First();
        Assert.Equal(First(1), First(unit));
    }
}
