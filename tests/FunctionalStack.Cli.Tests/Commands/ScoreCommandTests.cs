using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public sealed class ScoreCommandTests : IDisposable
{
    private readonly Fstack tool = new();

    public ScoreCommandTests() => tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack");

    public void Dispose() => tool.Dispose();

    [Fact]
    public void Json_has_all_metrics_and_their_errors_as_the_library_computes_them()
    {
        var json = tool.Done("score --model ./m.fstack --data ./data.csv --json").Json;
        Assert.Equal(["command", "model", "task", "rows", "classes", "seed", "metrics", "errors", "seconds", "notes"], json.Keys());
        string[] metrics = ["accuracy", "logLoss", "auc", "balancedAccuracy", "brier", "f1"];
        Assert.Equal(metrics, json.GetProperty("metrics").Keys());
        Assert.Equal(metrics, json.GetProperty("errors").Keys());
        var data = DatasetReader.Read(tool.At("data.csv"), new TableRoles("y", Id: "id")).OrThrow().Dataset;
        var expected = ModelFile.Load(tool.At("m.fstack")).OrThrow().Score(data, Seed.Of(42)).OrThrow();
        foreach (var score in expected.Scores)
        {
            Assert.Equal(score.Value, json.GetProperty("metrics").GetProperty(score.Metric).GetDouble());
            Assert.Equal(score.StandardError, json.GetProperty("errors").GetProperty(score.Metric).GetDouble());
        }

        var text = tool.Done("score --model ./m.fstack --data ./data.csv").Output;
        Assert.Contains("m.fstack on ", text);
        foreach (var title in new[] { "log-loss", "ROC AUC", "balanced accuracy", "Brier score", "macro F1" })
        {
            Assert.Contains($"  {title}: ", text);
        }
    }

    [Fact]
    public void Rows_without_a_target_are_left_out_and_unknown_labels_counted()
    {
        tool.Write("new.csv",
            Sheet.Passengers(40).With("y", 0, "").With("y", 1, "maybe").With("y", 2, "maybe").With("label", _ => "no").Text);
        var ran = tool.Done("score --model ./m.fstack --data ./new.csv --json");
        Assert.Equal(39, ran.Json.GetProperty("rows").GetInt32());
        Assert.Equal(["no", "yes", "maybe"], ran.Json.Texts("classes"));
        Assert.Contains(ran.Notes, note => note.EndsWith("1 row without a target is left out"));
        Assert.Contains(ran.Notes, note =>
            note.EndsWith("2 rows have labels that the training rows did not have, and are scored as errors (ROC AUC and balanced accuracy "
                + "leave them out): 'maybe' (2)"));
        Assert.Equal(40, tool.Done("score --model ./m.fstack --data ./new.csv --target label --json").Json.GetProperty("rows").GetInt32());
        Assert.Contains("has no target column 'other'", tool.Refused("score --model ./m.fstack --data ./new.csv --target other"));
        Assert.Equal("Option '--data' is required. See 'fstack score --help'.", tool.Refused("score --model ./m.fstack"));
    }

    [Fact]
    public void Weights_and_groups_are_used()
    {
        tool.Write("more.csv", Sheet.Passengers().With("w", row => $"{row % 3}").With("g", row => $"g{row / 9}").Text);
        const string line = "score --model ./m.fstack --data ./more.csv --json";
        var (plain, weighted) = (tool.Done(line).Json, tool.Done($"{line} --weights w").Json);
        var grouped = tool.Done($"{line} --groups g").Json;
        static double Of(System.Text.Json.JsonElement json, string key) => json.GetProperty(key).GetProperty("logLoss").GetDouble();
        Assert.NotEqual(Of(plain, "metrics"), Of(weighted, "metrics"));
        Assert.Equal(Of(plain, "metrics"), Of(grouped, "metrics"));
        Assert.NotEqual(Of(plain, "errors"), Of(grouped, "errors"));
    }

    [Fact]
    public void Numeric_targets_have_regression_metrics()
    {
        tool.Write("ridge.json", """{"version":1,"learner":"ridge"}""");
        tool.Done("fit --data ./data.csv --target fare --id id --spec ./ridge.json --model ./r.fstack");
        var json = tool.Done("score --model ./r.fstack --data ./data.csv --json").Json;
        Assert.Equal(["command", "model", "task", "rows", "seed", "metrics", "errors", "seconds", "notes"], json.Keys());
        Assert.Equal(["rmse", "mae", "r2"], json.GetProperty("metrics").Keys());
        Assert.Contains("is not a number", tool.Refused("score --model ./r.fstack --data ./data.csv --target y"));
    }
}
