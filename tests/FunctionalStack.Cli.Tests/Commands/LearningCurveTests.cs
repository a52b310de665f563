using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

/// <summary>The option <c>--learning-curve</c> of <c>evaluate</c>.</summary>
public sealed class LearningCurveTests : IDisposable
{
    private const string Evaluate = "evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 3 --json";

    private readonly Fstack tool = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void It_adds_a_field_whose_last_point_is_the_evaluation_and_changes_no_other()
    {
        var (plain, json) = (tool.Done(Evaluate).Json, tool.Done($"{Evaluate} --learning-curve --threads 2").Json);
        Assert.Equal(plain.GetProperty("models").ToString(), json.GetProperty("models").ToString());
        Assert.Equal(plain.Keys().Append("learningCurve").Order(), json.Keys().Order());
        var points = json.Items("learningCurve");
        // A tenth, 6 rows, is too few for the 5 neighbours inside the folds of the stack.
        Assert.Contains("learning curve, 10% of the training rows: ", json.Texts("notes")[0], StringComparison.Ordinal);
        Assert.Equal([0.2, 0.4, 0.7, 1], points.Select(point => point.GetProperty("share").GetDouble()));
        Assert.All(points, point => Assert.Equal(["share", "rows", "heldOut", "training"], point.Keys()));
        // 90 rows, of which 60 are fitted on; of each class at least one row, rounded up.
        Assert.Equal([60, 60, 60], points[^1].Numbers("rows"));
        Assert.All(points[0].Numbers("rows"), rows => Assert.InRange(rows, 12, 13));
        var (last, stack) = (points[^1].GetProperty("heldOut"), json.Items("models")[^1]);
        Assert.Equal(["accuracy", "logLoss", "auc", "balancedAccuracy", "brier", "f1"], last.Keys());
        Assert.All(last.Keys(), metric => Assert.Equal(stack.GetProperty(metric).ToString(), last.GetProperty(metric).ToString()));
    }

    [Fact]
    public void Its_table_has_a_line_a_point()
    {
        var lines = tool.Done("evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 3 --learning-curve").Output
            .Split('\n');
        var from = Array.FindIndex(lines, line => line == "learning curve of the stack: log-loss by training rows");
        Assert.Contains("held-out rows", lines[from + 2], StringComparison.Ordinal);
        Assert.Equal(4, lines.Skip(from + 4).TakeWhile(line => line.StartsWith('\u2502')).Count());
    }

    [Fact]
    public void It_is_for_tables() => Assert.Contains("--learning-curve",
        tool.Refused("evaluate --images ./data.csv --learning-curve"), StringComparison.Ordinal);
}
