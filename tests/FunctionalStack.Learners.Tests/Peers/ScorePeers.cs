using System.Text.Json;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Learners.Tests.Peers;

/// <summary>Metrics, calibrations and transforms beside scikit-learn's: scores.json, calibrations.json and transforms.json.</summary>
public class ScorePeers
{
    // Sums of some 200 doubles of mean size 1, recorded with 13 digits.
    private const double Tolerance = 1e-11;

    [Fact]
    public void Metrics_are_those_of_scikit_learn()
    {
        var count = 0;
        foreach (var json in PeerTable.Json("scores.json"))
        {
            var levels = json.GetProperty("levels").GetInt32();
            var (truth, weights) = (PeerTable.Numbers(json.GetProperty("truth"))!, PeerTable.Numbers(json.GetProperty("weights")));
            var rows = json.GetProperty("predicted").EnumerateArray().SelectMany(row => PeerTable.Numbers(row)!);
            var names = EquatableArray.From(Enumerable.Range(0, levels).Select(level => $"c{level}"));
            Target target = levels > 0
                ? new Target.Classes(names, EquatableArray.From(truth.Select(code => (int)code)), isOrdered: true)
                : new Target.Numeric(EquatableArray.Own(truth));
            Prediction predicted = levels > 0
                ? new Prediction.Probabilities(names, EquatableArray.From(rows)) : new Prediction.Numeric(EquatableArray.From(rows));
            var metrics = Metric.For(target);
            foreach (var expected in json.GetProperty("scores").EnumerateObject())
            {
                var found = metrics.Single(metric => metric.Name == expected.Name)
                    .Score(target, predicted, weights is null ? null : EquatableArray.Own(weights));
                Assert.True(Math.Abs(expected.Value.GetDouble() - found) <= Tolerance * Math.Max(1, Math.Abs(found)),
                    $"table {count}, {expected.Name}: {found}, scikit-learn has {expected.Value}");
                count++;
            }
        }

        Assert.True(count > 0);
    }

    [Theory]
    [InlineData("platt", CalibrationMethod.Platt)]
    [InlineData("temperature", CalibrationMethod.Temperature)]
    [InlineData("isotonic", CalibrationMethod.Isotonic)]
    public void Calibrations_are_those_of_scikit_learn(string name, CalibrationMethod method)
    {
        foreach (var json in PeerTable.Json("calibrations.json"))
        {
            var truth = EquatableArray.From(PeerTable.Numbers(json.GetProperty("truth"))!.Select(code => (int)code));
            var data = new Dataset(Yes(PeerTable.Numbers(json.GetProperty("predicted"))!), new Target.Classes(["no", "yes"], truth))
                .WithFrequencies(EquatableArray.Own(PeerTable.Numbers(json.GetProperty("weights"))!));
            var model = new Calibration(method).Model(data);
            var found = (Prediction.Probabilities)model.Predict(Yes(PeerTable.Numbers(json.GetProperty("at"))!)).OrThrow();
            var expected = PeerTable.Numbers(json.GetProperty(name))!;

            // Newton's methods on both sides end at the last digits of the loss: the square root of these for its optimum.
            for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found.Row(i)[1], 1e-8);
        }
    }

    [Theory]
    [InlineData("standardize", "numbers")]
    [InlineData("minMax", "numbers")]
    [InlineData("standardizeMissing", "missing")]
    [InlineData("impute", "missing")]
    [InlineData("whiten", "numbers")]
    [InlineData("tfIdf", "counts")]
    [InlineData("oneHot", "words")]
    [InlineData("ordinal", "words")]
    public void Transforms_are_those_of_scikit_learn(string name, string of)
    {
        ITransform transform = name switch
        {
            "standardize" or "standardizeMissing" => new Standardize(),
            "minMax" => new MinMax(),
            "impute" => new Impute(Indicator: false),
            "whiten" => new Whiten(Epsilon: 0),
            "tfIdf" => new TfIdf(),
            "oneHot" => new OneHot(),
            _ => new Ordinal(),
        };
        foreach (var json in PeerTable.Json("transforms.json"))
        {
            var frame = of == "words" ? Frame.Of(("w", Column.Categorical.Of(
                [.. json.GetProperty("words").EnumerateArray().Select(word => word.GetString()!)]))) : Numbers(json.GetProperty(of));
            var data = new Dataset(frame, new Target.Numeric(EquatableArray.From(Enumerable.Repeat(0.0, frame.RowCount))));
            if (PeerTable.Numbers(json.GetProperty("weights")) is { } weights) data = data.WithFrequencies(EquatableArray.Own(weights));
            var expected = Numbers(json.GetProperty("expected").GetProperty(name));
            var fitted = transform.Fit(data, Seed.Of(1)).OrThrow();
            foreach (var found in new[] { fitted.TrainView, fitted.Map.Apply(frame).OrThrow() })
            {
                // One-hot columns are in the order of the levels' first rows or names: compared by name.
                var names = name == "oneHot" ? [.. found.Names.Order(StringComparer.Ordinal)] : found.Names;
                Assert.Equal(expected.Columns.Count, names.Count);
                for (var c = 0; c < names.Count; c++)
                {
                    var (one, other) = (Cells(expected.Columns[c].Column), Cells(found[names[c]]));
                    // Eigenvectors of 3 or 4 columns whose variances differ by up to 1e3.
                    var tolerance = name == "whiten" ? 1e-9 : Tolerance;
                    for (var row = 0; row < one.Length; row++)
                    {
                        var allowed = tolerance * Math.Max(1, Math.Abs(one[row]));
                        Assert.True(one[row].Equals(other[row]) || Math.Abs(one[row] - other[row]) <= allowed,
                            $"{name}, column {names[c]}, row {row}: {other[row]}, scikit-learn has {one[row]}");
                    }
                }
            }
        }
    }

    private static Frame Yes(double[] p) => new StackColumns()
        .Columns("b", new Prediction.Probabilities(["no", "yes"], EquatableArray.From(p.SelectMany(one => new[] { 1 - one, one }))));

    private static double[] Cells(Column column) => ((Column.Numeric)column).ToArray();

    private static Frame Numbers(JsonElement json)
    {
        var rows = json.EnumerateArray().Select(row => PeerTable.Numbers(row)!).ToArray();
        return Sample.Columns([.. Enumerable.Range(0, rows[0].Length).Select(c => Array.ConvertAll(rows, row => row[c]))]);
    }
}
