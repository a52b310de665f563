using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Neural.Tests.Learners;

/// <summary>Nets on columns and targets in units from 1e-300 to 1e300: they train on the same standardized numbers.</summary>
[Properties(MaxTest = 20)]
public class NetUnitsTests
{
    private static readonly Net Small = new([4], Epochs: 3);

    [Property]
    public void The_units_of_columns_and_target_change_no_bit(int number)
    {
        var stream = Seed.Of(number).Stream();
        var units = Enumerable.Range(0, 3).Select(_ => stream.Next(2001) - 1000).ToArray();
        var cells = Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 24).Select(_ => stream.NextNormal()).ToArray()).ToArray();
        var one = Predicted([0, 0, 0]);
        var other = Predicted(units);
        for (var row = 0; row < one.Length; row++) Assert.Equal(Math.ScaleB(one[row], units[2]), other[row]);

        double[] Predicted(int[] exponents)
        {
            var columns = cells.Select((column, c) => column.Select(x => Math.ScaleB(x, exponents[c])).ToArray()).ToArray();
            var frame = Frame.Of(("a", Column.Numeric.Of(columns[0])), ("b", Column.Numeric.Of(columns[1])));
            var model = Small.FitModel(new(frame, new Target.Numeric(EquatableArray.Own(columns[2]))), Seed.Of(number)).OrThrow();
            return [.. ((Prediction.Numeric)model.Predict(frame).OrThrow()).Values];
        }
    }

    [Property]
    public void Rows_far_from_the_training_rows_get_finite_predictions(int number)
    {
        double[] ends = [1e300, -1e300, 1e-300, double.Epsilon, double.MaxValue, -double.MaxValue, 0, 1];
        var stream = Seed.Of(number).Stream();
        var cells = Enumerable.Range(0, 24).Select(_ => stream.NextNormal()).ToArray();
        var data = new Dataset(Frame.Of(("a", Column.Numeric.Of(cells)), ("b", Column.Numeric.Of([.. cells.Reverse()]))),
            new Target.Numeric(EquatableArray.Own(cells)));
        var model = Small.FitModel(data, Seed.Of(number)).OrThrow();
        var rows = Frame.Of(("a", Column.Numeric.Of([.. ends])), ("b", Column.Numeric.Of([.. ends.Select(_ => ends[stream.Next(8)])])));
        Assert.All(((Prediction.Numeric)model.Predict(rows).OrThrow()).Values, y => Assert.True(double.IsFinite(y)));
    }
}
