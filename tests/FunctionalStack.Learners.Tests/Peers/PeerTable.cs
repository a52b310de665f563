using System.Text.Json;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Learners.Tests.Peers;

/// <summary>What scikit-learn predicted for each held row, null if that depends on a tie; and the tolerance that follows from the
/// table.</summary>
internal sealed record PeerPrediction(double[]?[] Rows, double Tolerance);

/// <summary>A made table and what scikit-learn made of it, as written by make.py in this folder.</summary>
internal sealed record PeerTable(string Name, Dataset Train, Frame Held, IReadOnlyDictionary<string, PeerPrediction> Expected,
    IReadOnlyDictionary<string, PeerPrediction> OutOfFold)
{
    private const int HeldRows = 8;

    public static PeerTable[] Read(string file) => [.. Json(file).Select(Of)];

    public static JsonElement[] Json(string file)
    {
        var path = Path.Combine(Repository.Root, "tests", "FunctionalStack.Learners.Tests", "Peers", file);
        return [.. JsonDocument.Parse(File.ReadAllText(path)).RootElement.EnumerateArray()];
    }

    public static double[]? Numbers(JsonElement json) => json.ValueKind == JsonValueKind.Null ? null
        : [.. json.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.Null ? double.NaN : one.GetDouble())];

    /// <summary>Compares the predictions of a learner with the peer's on each table that has them, and describes the result. Fails if a row
    /// differs, or if there is none.</summary>
    public static string CompareAll(PeerTable[] all, string name, double tolerance, Func<PeerTable, (double[] Found, double Unit)> predict)
    {
        var (count, tables, largest) = (0, 0, 0.0);
        var differences = new List<string>();
        foreach (var table in all)
        {
            if (!table.Expected.TryGetValue(name, out var expected)) continue;
            var (found, unit) = predict(table);
            var compared = table.Compare(expected, found, tolerance, unit);
            (count, tables, largest) = (count + compared.Count, tables + 1, Math.Max(largest, compared.Largest));
            differences.AddRange(compared.Differences);
        }

        Assert.True(count > 0, "no row was compared");
        Assert.True(differences.Count == 0, $"{differences.Count} of {count} rows differ: {string.Join("\n", differences.Take(12))}");
        return $"{name}: {tables} tables, {count} rows, at most {largest:E1} apart";
    }

    /// <summary>Compares predictions with scikit-learn's: rows x width. The number of rows compared, and what differs.</summary>
    public (int Count, double Largest, string[] Differences) Compare(PeerPrediction expected, double[] found, double tolerance, double unit)
    {
        var differences = new List<string>();
        var (count, largest) = (0, 0.0);
        for (var row = 0; row < expected.Rows.Length; row++)
        {
            if (expected.Rows[row] is not { } numbers) continue;
            count++;
            Assert.Equal(expected.Rows.Length * numbers.Length, found.Length);
            for (var c = 0; c < numbers.Length; c++)
            {
                var (one, difference) = (found[row * numbers.Length + c], Math.Abs(numbers[c] - found[row * numbers.Length + c]));
                largest = Math.Max(largest, difference / unit);
                if (!(difference <= Math.Max(tolerance, expected.Tolerance) * unit))
                    differences.Add($"{Name}, row {row}, column {c}: {one}, scikit-learn has {numbers[c]}");
            }
        }

        return (count, largest, [.. differences]);
    }

    private static PeerTable Of(JsonElement json)
    {
        var columns = json.GetProperty("columns").EnumerateArray().Select(column => Numbers(column)!).ToArray();
        var frame = Sample.Columns(columns);
        var targets = Numbers(json.GetProperty("target"))!;
        var levels = json.GetProperty("levels").GetInt32();
        Target target = levels > 0
            ? new Target.Classes(EquatableArray.From(Enumerable.Range(0, levels).Select(level => $"c{level}")),
                EquatableArray.From(targets.Select(code => (int)code)))
            : new Target.Numeric(EquatableArray.Own(targets));
        var train = EquatableArray.Range(frame.RowCount - HeldRows);
        var folds = EquatableArray.From(Numbers(json.GetProperty("folds"))!.Select(fold => (int)fold));
        var weights = Numbers(json.GetProperty("weights"));
        var data = new Dataset(frame, target).Take(train)
            .WithFrequencies(weights is null ? null : EquatableArray.Own(weights)).WithFolds(folds);
        return new(json.GetProperty("name").GetString()!, data,
            frame.Take(EquatableArray.From(Enumerable.Range(train.Count, HeldRows))), Predictions(json.GetProperty("expected")),
            json.TryGetProperty("outOfFold", out var parts) ? Predictions(parts) : new Dictionary<string, PeerPrediction>());
    }

    private static Dictionary<string, PeerPrediction> Predictions(JsonElement json) =>
        json.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.ValueKind == JsonValueKind.Array
            ? new PeerPrediction([.. one.Value.EnumerateArray().Select(Numbers)], 0)
            : new PeerPrediction([.. one.Value.GetProperty("rows").EnumerateArray().Select(Numbers)],
                one.Value.GetProperty("tolerance") is { ValueKind: JsonValueKind.Number } given ? given.GetDouble() : 0));
}
