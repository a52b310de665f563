using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Tests;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 50)]
public class PredictedTests
{
    public record Point(double X, double? Y, string Colour);

    private static readonly Point[] Points = [new(1, 2, "red"), new(2, null, "blue"), new(3, 0, "red"), new(9, 9, "blue")];

    [Fact]
    public void A_row_is_returned_with_its_class_and_probabilities()
    {
        var model = new Nearest().Fit(Points.ToDataset(p => p.Colour).OrThrow(), Seed.Of(1)).OrThrow();

        var predicted = model.Predict(Points.Reverse()).OrThrow();

        Assert.Equal(Points.Reverse(), predicted.Select(p => p.Row));
        Assert.Equal(Points.Reverse().Select(p => p.Colour), predicted.Select(p => p.Class));
        Assert.Equal(new Dictionary<string, double> { ["blue"] = 1, ["red"] = 0 }, predicted[0].Probabilities);
        Assert.Throws<InvalidOperationException>(() => predicted[0].Value);
    }

    [Fact]
    public void A_row_is_returned_with_its_predicted_number()
    {
        var model = new Nearest().Fit(Points.ToDataset(p => p.X * 2).OrThrow(), Seed.Of(1)).OrThrow();

        Assert.Equal([2.0, 4.0, 6.0, 18.0], model.Predict(Points).OrThrow().Select(p => p.Value));
        Assert.Throws<InvalidOperationException>(() => model.Predict(Points).OrThrow()[0].Class);
        Assert.Throws<InvalidOperationException>(() => model.Predict(Points).OrThrow()[0].Probabilities);
    }

    [Fact]
    public void Rows_of_another_type_are_predicted_if_they_have_the_columns()
    {
        var model = new Nearest().Fit(Points.ToDataset(p => p.Colour).OrThrow(), Seed.Of(1)).OrThrow();

        Assert.Equal("red", Assert.Single(model.Predict([new { X = 1f, Y = (int?)2, Seen = DateTime.UnixEpoch }]).OrThrow()).Class);
        Assert.Equal(
            "the rows: have no column 'Y'. Give the columns that the model was fitted on.",
            model.Predict([new { X = 1.0 }]).Match(_ => "it was predicted", failure => failure.ToString()));
        Assert.Empty(model.Predict(Array.Empty<Point>()).OrThrow());
    }

    [Property]
    public void Concurrent_predictions_equal_sequential_ones(AnyLearner sample, Seed seed)
    {
        if (sample.Learner.Fit(sample.Data, seed) is not Outcome<Trained>.Ok fitted) return;
        var rows = Enumerable.Range(0, 16).Select(i => sample.Data.Frame.Take([i % sample.Data.RowCount, i / 4 % sample.Data.RowCount]))
            .ToArray();
        var sequential = rows.Select(one => fitted.Value.Predict(one).OrThrow()).ToArray();
        var concurrent = new Prediction[rows.Length];

        Parallel.For(0, rows.Length, i => concurrent[i] = fitted.Value.Predict(rows[i]).OrThrow());

        Assert.Equal(sequential, concurrent);
    }
}
