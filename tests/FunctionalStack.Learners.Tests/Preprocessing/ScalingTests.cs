using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Preprocessing.Tests;

[Properties(Arbitrary = [typeof(Tables)], MaxTest = 60)]
public class ScalingTests
{
    [Property]
    public void Standardized_columns_have_mean_0_and_deviation_1_or_are_0(Table table)
    {
        var view = new Standardize().Fit(table).OrThrow().TrainView;
        foreach (var name in view.Names.Where(name => view[name] is Column.Numeric))
        {
            var before = Tables.Of(table.Data.Frame, name).Where(x => !double.IsNaN(x)).ToArray();
            var after = Tables.Of(view, name).Where(x => !double.IsNaN(x)).ToArray();
            Assert.Equal(before.Length, after.Length);
            if (before.Distinct().Count() < 2) Assert.All(after, x => Assert.Equal(0, x));
            else
            {
                Assert.Equal(0, after.Average(), 1e-12);
                Assert.Equal(1, after.Average(x => x * x), 1e-12);
            }
        }
    }

    [Property]
    public void MinMax_covers_0_to_1_or_is_0(Table table)
    {
        var view = new MinMax().Fit(table).OrThrow().TrainView;
        foreach (var name in view.Names.Where(name => view[name] is Column.Numeric))
        {
            var before = Tables.Of(table.Data.Frame, name).Where(x => !double.IsNaN(x)).ToArray();
            var after = Tables.Of(view, name).Where(x => !double.IsNaN(x)).ToArray();
            Assert.Equal(before.Distinct().Count() < 2 ? [0.0] : [0.0, 1.0],
                new[] { after.DefaultIfEmpty().Min(), after.DefaultIfEmpty().Max() }.Distinct());
        }
    }

    [Property]
    public void Standardizing_what_is_standardized_changes_nothing_but_rounding(Table table)
    {
        var once = new Standardize().Fit(table).OrThrow().TrainView;
        Tables.AssertNear(once, new Standardize().Fit(table.With(table.Data.WithFrame(once))).OrThrow().TrainView, 1e-12);
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e100)]
    [InlineData(1e200)]
    [InlineData(1e307)]
    public void Tiny_and_huge_numbers_scale_alike(double magnitude)
    {
        var data = Tables.Data(("x", Column.Numeric.Of(1 * magnitude, 2 * magnitude, 6 * magnitude)));
        // numpy: (x - 3) / sqrt(14 / 3)
        double[] expected = [-0.9258200997725514, -0.4629100498862757, 1.3887301496588271];
        Assert.Equal(expected, Tables.Of(new Standardize().Fit(data, Seed.Of(1)).OrThrow().TrainView, "x"), Near(1e-14));
        Assert.Equal([0, 0.2, 1], Tables.Of(new MinMax().Fit(data, Seed.Of(1)).OrThrow().TrainView, "x"), Near(1e-14));
    }

    [Fact]
    public void A_small_spread_around_a_large_mean_keeps_its_digits()
    {
        var data = Tables.Data(("x", Column.Numeric.Of([.. Enumerable.Range(0, 1000).Select(i => 1e9 + i % 2)])));
        Assert.All(Tables.Of(new Standardize().Fit(data, Seed.Of(1)).OrThrow().TrainView, "x"), x => Assert.Equal(1, Math.Abs(x), 1e-12));
        var constant = Tables.Data(("x", Column.Numeric.Of([.. Enumerable.Repeat(0.1, 1000)])));
        Assert.All(Tables.Of(new Standardize().Fit(constant, Seed.Of(1)).OrThrow().TrainView, "x"), x => Assert.Equal(0, x));
    }

    [Fact]
    public void Numbers_are_those_of_scikit_learn()
    {
        // StandardScaler().fit_transform and MinMaxScaler().fit_transform of these rows; scikit-learn 1.2.1.
        var data = Tables.Data(("a", Column.Numeric.Of(1, -2, 0.5, 7)), ("b", Column.Numeric.Of(100, 250, double.NaN, 400)));
        var standard = new Standardize().Fit(data, Seed.Of(1)).OrThrow().TrainView;
        Assert.Equal([-0.18911736861805845, -1.096880737984739, -0.3404112635125052, 1.6264093701153026], Tables.Of(standard, "a"),
            Near(1e-14));
        Assert.Equal([-1.224744871391589, 0.0, double.NaN, 1.224744871391589], Tables.Of(standard, "b"), Near(1e-14));
        var unit = new MinMax().Fit(data, Seed.Of(1)).OrThrow().TrainView;
        Assert.Equal([0.3333333333333333, 0.0, 0.2777777777777778, 0.9999999999999999], Tables.Of(unit, "a"), Near(1e-14));
        Assert.Equal([0, 0.5, double.NaN, 1], Tables.Of(unit, "b"), Near(1e-14));
        var weighted = new Standardize().Fit(data.WithFrequencies([1, 0.5, 2, 3]), Seed.Of(1)).OrThrow().TrainView;
        Assert.Equal([-0.697201574443993, -1.5743261358412746, -0.8433890013435399, 1.05704754835057], Tables.Of(weighted, "a"),
            Near(1e-14));
    }

    [Fact]
    public void New_rows_may_leave_the_unit_interval_and_stay_missing()
    {
        var map = new MinMax().Fit(Tables.Data(("x", Column.Numeric.Of(0, 10))), Seed.Of(1)).OrThrow().Map;
        Assert.Equal([-1, 2, double.NaN], Tables.Of(map.Apply(Frame.Of(("x", Column.Numeric.Of(-10, 20, double.NaN)))).OrThrow(), "x"));
    }

    [Fact]
    public void Bad_input_is_named()
    {
        foreach (var transform in new ITransform[] { new Standardize(), new MinMax() })
        {
            Assert.Equal($"{transform.Name}, column 'x', row 1",
                Tables.FailureOf(transform.Fit(Tables.Data(("x", Column.Numeric.Of(double.NegativeInfinity))), Seed.Of(1))).Where);
            Assert.Contains("overflows a double",
                Tables.FailureOf(transform.Fit(Tables.Data(("x", Column.Numeric.Of(-1.7e308, 1.7e308))), Seed.Of(1))).What);
            var map = transform.Fit(Tables.Data(("x", Column.Numeric.Of(1, 2))), Seed.Of(1)).OrThrow().Map;
            Assert.Contains("'old'",
                Assert.Throws<OutcomeException>(() => map.Apply(Frame.Of(("x", Column.Categorical.Of("old")))).OrThrow()).Message);
        }
    }

    private static EqualityComparer<double> Near(double tolerance) =>
        EqualityComparer<double>.Create((x, y) => x.Equals(y) || Math.Abs(x - y) <= tolerance * Math.Max(1, Math.Abs(x)), _ => 0);
}
