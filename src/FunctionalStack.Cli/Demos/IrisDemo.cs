using System.Text.Json.Nodes;
using FunctionalStack.Cli.Output;
using FunctionalStack.Demos;
using Spectre.Console;

namespace FunctionalStack.Cli.Demos;

/// <summary>The published iris experiment beside today's figures, with the spread that the published one left out.</summary>
public static class IrisDemo
{
    /// <summary>Runs and tells; the JSON object's fields without <c>command</c>.</summary>
    /// <param name="terminal">Where to tell.</param>
    /// <param name="executor">The thread budget.</param>
    /// <param name="seed">Where all randomness comes from.</param>
    /// <param name="report">A folder to draw pictures into; null for none.</param>
    public static Outcome<JsonObject> Run(Terminal terminal, IExecutor executor, Seed seed, string? report) =>
        from data in IrisExperiment.Data()
        from scores in terminal.Progress("iris", progress => IrisExperiment.Run(executor, data, seed, progress, terminal.Cancellation))
        let shown = Tell(terminal, data, scores)
        from pictures in report is null ? Outcome.Ok<EquatableArray<string>>(default) : terminal.Progress("drawing", _ => IrisPictures.Draw(report, executor, data, seed, terminal.Cancellation))
        select Answer(terminal, data, scores, pictures);

    private static Done Tell(Terminal terminal, Dataset data, EquatableArray<IrisScore> scores)
    {
        terminal.Say($"iris: {data.RowCount} flowers by {string.Join(" and ", data.Frame.Names)}; accuracy on rows held out");
        var table = new Table().Border(TableBorder.Rounded).AddColumn("model");
        foreach (var title in (string[])["published", $"the same {IrisExperiment.K} folds, measured", $"{IrisExperiment.Repeats} shuffled repeats (sd of one)"]) table.AddColumn(new TableColumn(title).RightAligned());
        foreach (var score in scores)
        {
            table.AddRow(
                score.Name,
                score.Published is { } published ? $"{Tables.Fixed(published.Mean, 2)} ± {Tables.Fixed(published.Spread, 2)}" : "-",
                $"{Tables.Fixed(score.Folds.Mean)} ± {Tables.Fixed(score.Folds.Std)}",
                $"{Tables.Fixed(score.Repeats.Mean)} ± {Tables.Fixed(score.Repeats.Std)}");
        }

        terminal.Say(table);
        var best = scores.Take(3).MaxBy(score => score.Repeats.Mean)!;
        var stack = scores.Skip(3).MaxBy(score => score.Repeats.Mean)!;
        terminal.Say($"Published means come from one way to cut 150 flowers. Over {IrisExperiment.Repeats} ways the best base, {best.Name}, has {Tables.Fixed(best.Repeats.Mean)}"
            + $" and the {stack.Name} {Tables.Fixed(stack.Repeats.Mean)}: a difference of {Tables.Fixed(stack.Repeats.Mean - best.Repeats.Mean)}, where one way of cutting alone spreads by {Tables.Fixed(stack.Repeats.Std)}.");
        return default;
    }

    private static JsonObject Answer(Terminal terminal, Dataset data, EquatableArray<IrisScore> scores, EquatableArray<string> pictures)
    {
        foreach (var picture in pictures) terminal.Say(picture);
        return new JsonObject
        {
            ["demo"] = "iris",
            ["columns"] = Json.Strings(data.Frame.Names),
            ["models"] = new JsonArray([.. scores.Select((score, i) => (JsonNode?)new JsonObject
            {
                ["name"] = score.Name,
                ["role"] = i < 3 ? "base" : "stack",
                ["published"] = score.Published is { } published ? new JsonObject { ["mean"] = published.Mean, ["std"] = published.Spread } : null,
                ["accuracy"] = Of(score.Folds, "folds"),
                ["repeated"] = Of(score.Repeats, "repeats"),
            })]),
            ["pictures"] = Json.Strings(pictures),
        }.Describe(data.Roles);
    }

    private static JsonObject Of(Score score, string each) =>
        new() { ["mean"] = Json.Number(score.Mean), ["std"] = Json.Number(score.Std), [each] = Json.Numbers(score.PerFold) };
}
