using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Preprocessing.Tests;

[Properties(Arbitrary = [typeof(Tables)])]
public class TfIdfTests
{
    [Fact]
    public void Numbers_are_those_of_scikit_learn()
    {
        // TfidfTransformer().fit_transform of these rows; scikit-learn 1.2.1.
        var data = Tables.Data(
            ("a", Column.Numeric.Of(3, 2, 3, 4, 0, 3)), ("b", Column.Numeric.Of(0, 0, 0, 0, 0, 1)),
                ("c", Column.Numeric.Of(1, 0, 0, 0, 0, 2)), ("d", Column.Numeric.Of(0, 0, 5, 0, 0, 0)));
        var view = new TfIdf().Fit(data, Seed.Of(1)).OrThrow().TrainView;
        Assert.Equal([0.8822834414729517, 1.0, 0.2938271371842698, 1.0, 0, 0.6247679451729297], Tables.Of(view, "a"),
            (found, expected) => Math.Abs(found - expected) < 1e-14);
        Assert.Equal([0, 0, 0, 0, 0, 0.40649056643660364], Tables.Of(view, "b"), (found, expected) => Math.Abs(found - expected) < 1e-14);
        Assert.Equal([0.4707185240700057, 0, 0, 0, 0, 0.6666561588123552], Tables.Of(view, "c"),
            (found, expected) => Math.Abs(found - expected) < 1e-14);
        Assert.Equal([0, 0, 0.9558585739815783, 0, 0, 0], Tables.Of(view, "d"), (found, expected) => Math.Abs(found - expected) < 1e-14);
    }

    [Property]
    public void Rows_have_length_1_or_are_0(Table table)
    {
        if (new TfIdf().Fit(table) is not Outcome<Fitted>.Ok fitted) return;
        var columns = fitted.Value.TrainView.Columns.Select(column => column.Column).OfType<Column.Numeric>()
            .Select(column => column.ToArray()).ToArray();
        for (var i = 0; i < table.Data.RowCount; i++)
        {
            var length = Math.Sqrt(columns.Sum(column => double.IsNaN(column[i]) ? 0 : column[i] * column[i]));
            if (length > 0) Assert.Equal(1, length, 1e-12);
        }
    }

    [Fact]
    public void Huge_and_tiny_rows_are_like_any_other()
    {
        var data = Tables.Data(("a", Column.Numeric.Of(3, 3e307, 3e-320, 0, double.NaN)), ("b", Column.Numeric.Of(4, 4e307, 4e-320, 0, 2)));
        var view = new TfIdf().Fit(data, Seed.Of(1)).OrThrow().TrainView;
        var (a, b) = (Tables.Of(view, "a"), Tables.Of(view, "b"));
        Assert.Equal(a[0], a[1], 1e-12);
        Assert.Equal(a[0], a[2], 1e-3);
        Assert.Equal((0, 0), (a[3], b[3]));
        Assert.Equal((double.NaN, 1), (a[4], b[4]));
    }

    [Fact]
    public void Logarithms_keep_order_sign_and_missing_values()
    {
        var view = new Log1p().Fit(Tables.Data(("x", Column.Numeric.Of(0, Math.E - 1, 1 - Math.E, double.NaN, 1e308))), Seed.Of(1))
            .OrThrow().TrainView;
        Assert.Equal([0, 1, -1, double.NaN, Math.Log(1e308)], Tables.Of(view, "x"), (l, r) => l.Equals(r) || Math.Abs(l - r) < 1e-12);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        foreach (var transform in new ITransform[] { new Log1p(), new TfIdf() })
        {
            Assert.Equal($"{transform.Name}, column 'x', row 1",
                Tables.FailureOf(transform.Fit(Tables.Data(("x", Column.Numeric.Of(double.NegativeInfinity))), Seed.Of(1))).Where);
            var map = transform.Fit(Tables.Data(("x", Column.Numeric.Of(1, 2))), Seed.Of(1)).OrThrow().Map;
            Assert.Contains("'old'",
                Assert.Throws<OutcomeException>(() => map.Apply(Frame.Of(("x", Column.Categorical.Of("old")))).OrThrow()).Message);
        }
    }
}
