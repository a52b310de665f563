using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace FunctionalStack.Cli.Output;

/// <summary>The scores of an evaluated learner by the number of training rows.</summary>
internal static class LearningCurves
{
    /// <summary>Whether they are computed.</summary>
    public static Option<bool> Option { get; } = new("--learning-curve")
    {
        Description = "Also score the model fitted on 10%, 20%, 40% and 70% of the training rows of each outer fold. It takes more than "
            + "twice the time.",
    };

    /// <summary>A table with one row a point: the training rows, and the leading score on held-out rows and on the training rows. Null
    /// without a curve.</summary>
    public static Table? Table(Evaluation found, Target target)
    {
        if (found.LearningCurve.Count == 0) return null;
        var metric = Metric.Leading(target);
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var name in (string[])["training rows", "held-out rows", "rows fitted on"])
            table.AddColumn(new TableColumn(name).RightAligned().NoWrap());
        foreach (var point in found.LearningCurve)
        {
            table.AddRow(Tables.Whole((int)Math.Round(point.MeanRows)), Cell(point[metric]), Cell(point.TrainingScore(metric)));
        }

        return table;
    }

    /// <summary>One object a point.</summary>
    public static JsonArray Json(Evaluation found) => new([.. found.LearningCurve.Select(point => (JsonNode)new JsonObject
    {
        ["share"] = Output.Json.Number(point.Share),
        ["rows"] = new JsonArray([.. point.Rows.Select(rows => (JsonNode)rows)]),
        ["heldOut"] = Output.Json.Scores(point.HeldOut),
        ["training"] = Output.Json.Scores(point.Training),
    })]);

    private static string Cell(Score score) => score.PerFold.Count > 1 && !double.IsNaN(score.Mean)
        ? $"{Tables.Fixed(score.Mean)} ± {Tables.Fixed(score.Std)}" : Tables.Fixed(score.Mean);
}
