using System.Text.Json.Nodes;
using FunctionalStack.Cli.Output;
using FunctionalStack.Demos;
using Spectre.Console;

namespace FunctionalStack.Cli.Demos;

/// <summary>Prints the iris demo: published and measured accuracies, with the spread over repeats.</summary>
internal static class IrisDemo
{
    /// <summary>Runs the demo and prints its results.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="executor">Runs the fits.</param>
    /// <param name="seed">The random seed.</param>
    /// <param name="isDrawn">Whether to draw the figures.</param>
    public static Outcome<DemoResult> Run(Terminal terminal, IExecutor executor, Seed seed, bool isDrawn) =>
        from data in IrisExperiment.Data()
        from scores in terminal.Progress("iris", progress => IrisExperiment.Run(executor, data, seed, progress, terminal.Cancellation))
        let shown = Print(terminal, data, scores)
        from page in !isDrawn ? Outcome.Ok(DemoPage.None)
            : terminal.Progress("drawing", _ => IrisFigures.Of(executor, data, seed, terminal.Cancellation))
                .Map(figures => IrisFigures.Page(scores, figures))
        select new DemoResult(Answer(data, scores), page);

    private static Done Print(Terminal terminal, Dataset data, EquatableArray<IrisScore> scores)
    {
        terminal.Print($"iris: {data.RowCount} flowers, features {string.Join(" and ", data.Frame.Names)}; accuracy on held-out rows");
        var table = new Table().Border(TableBorder.Rounded).AddColumn("model");
        foreach (var title in (string[])["published", $"measured, same {IrisExperiment.K} folds",
            $"{IrisExperiment.Repeats} shuffled repeats (sd of one)"])
            table.AddColumn(new TableColumn(title).RightAligned());
        foreach (var score in scores)
        {
            table.AddRow(
                score.Name,
                score.Published is { } published ? $"{Tables.Fixed(published.Mean, 2)} ± {Tables.Fixed(published.Spread, 2)}" : "-",
                $"{Tables.Fixed(score.Folds.Mean)} ± {Tables.Fixed(score.Folds.Std)}",
                $"{Tables.Fixed(score.Repeats.Mean)} ± {Tables.Fixed(score.Repeats.Std)}");
        }

        terminal.Print(table);
        var best = scores.Take(3).MaxBy(score => score.Repeats.Mean)!;
        var stack = scores.Skip(3).MaxBy(score => score.Repeats.Mean)!;
        terminal.Print(
            $"The published means are for a single split of 150 flowers. Over {IrisExperiment.Repeats} splits, the best base "
                + $"({best.Name}) has accuracy {Tables.Fixed(best.Repeats.Mean)}"
            + $" and the {stack.Name} {Tables.Fixed(stack.Repeats.Mean)}. The difference is "
            + $"{Tables.Fixed(stack.Repeats.Mean - best.Repeats.Mean)}; the standard deviation over splits is "
            + $"{Tables.Fixed(stack.Repeats.Std)}.");
        return default;
    }

    private static JsonObject Answer(Dataset data, EquatableArray<IrisScore> scores)
    {
        return new JsonObject
        {
            ["demo"] = "iris",
            ["columns"] = Json.Strings(data.Frame.Names),
            ["models"] = new JsonArray([.. scores.Select((score, i) => (JsonNode?)new JsonObject
            {
                ["name"] = score.Name,
                ["role"] = i < 3 ? "base" : "stack",
                ["published"] = score.Published is { } published
                    ? new JsonObject { ["mean"] = published.Mean, ["std"] = published.Spread } : null,
                ["accuracy"] = Of(score.Folds, "folds"),
                ["repeated"] = Of(score.Repeats, "repeats"),
            })]),
        }.Describe(data.Roles);
    }

    private static JsonObject Of(Score score, string each) =>
        new() { ["mean"] = Json.Number(score.Mean), ["std"] = Json.Number(score.Std), [each] = Json.Numbers(score.PerFold) };
}
