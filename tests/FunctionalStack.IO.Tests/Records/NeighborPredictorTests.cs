using FsCheck.Xunit;
using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.IO.Tests.Records;

public class NeighborPredictorTests
{
    private sealed record Point(double A, double B, double C, string Kind, double Value);

    private static readonly RecordReader<Point> Reader = new(RecordTypes.Usual);

    [Property(MaxTest = 100)]
    public void Nearest_neighbours_of_single_records_are_those_of_their_table(int seed)
    {
        var stream = Seed.Of(seed).Stream();
        var (rows, levels, huge) = (1 + stream.Next(200), 1 + stream.Next(20), stream.Next(4));
        // Few levels tie, and huge or tiny numbers are out of range of plain squares.
        var scale = huge switch { 0 => 1e200, 1 => 1e-200, _ => 1 };
        var points = Enumerable.Range(0, rows + 10).Select(_ => new Point(stream.Next(levels) * scale,
            stream.Next(levels) * 0.1, stream.Next(3) == 0 ? 0.5 : 0, $"{stream.Next(3)}", stream.NextNormal())).ToArray();
        var (known, asked) = (points[..rows], points[rows..]);
        var weights = EquatableArray.From(known.Select(_ => stream.Next(3) * 0.5 + 0.25));
        var table = new RecordRows<Point>(Reader, known);
        Dataset[] tables =
        [
            table.Target(point => point.Kind, ["Kind", "Value"]).OrThrow(),
            table.Target(point => point.Kind, ["Kind", "Value"]).OrThrow().WithWeights(weights),
            table.Target(point => point.Value, ["Kind", "Value"]).OrThrow().WithWeights(weights),
        ];
        var k = 1 + stream.Next(Math.Min(20, (int)Math.Min(rows, weights.Sum())));
        foreach (var knn in new[] { new KNearestNeighbors(k), new KNearestNeighbors(k, NeighborWeights.Distance) })
        {
            foreach (var data in tables)
            {
                if (knn.Fit(data, new Seed(1)) is not Outcome<Trained>.Ok { Value: var fitted }) continue;
                var predictor = Predictor<Point>.Of(fitted, Reader).OrThrow();
                var (expected, prediction) = (fitted.Predict(Reader.Frame(asked)).OrThrow(), new double[predictor.Width]);
                var numbers = expected is Prediction.Probabilities p ? p.Matrix : ((Prediction.Numeric)expected).Values;
                for (var i = 0; i < asked.Length; i++)
                {
                    Assert.True(predictor.TryPredict(asked[i], prediction));
                    Assert.Equal(numbers.AsSpan().Slice(i * prediction.Length, prediction.Length).ToArray(), prediction);
                }
            }
        }
    }

    [Fact]
    public void Nearest_neighbours_predict_records_without_allocating()
    {
        var stream = Seed.Of(1).Stream();
        var points = Enumerable.Range(0, 300).Select(_ => new Point(stream.Next(30), stream.NextNormal(), stream.Next(2),
            $"{stream.Next(3)}", 0)).ToArray();
        var data = new RecordRows<Point>(Reader, points).Target(point => point.Kind, ["Kind", "Value"]).OrThrow();
        var predictor = Predictor<Point>.Of(new KNearestNeighbors().Fit(data, new Seed(1)).OrThrow(), Reader).OrThrow();
        Assert.Equal(0, Allocations.Of(predictor, points));
    }
}
