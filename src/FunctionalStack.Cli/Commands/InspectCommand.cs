using System.CommandLine;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace FunctionalStack.Cli.Commands;

/// <summary>Says what a model file holds.</summary>
internal static class InspectCommand
{
    private static readonly Argument<string> Model = new("model") { Description = "A model file." };

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("inspect", "Say what a model file holds.") { Model, Common.Json };
        command.SetAction(run((parsed, terminal) => ModelFile.Describe(parsed.GetRequiredValue(Model)).Map(card => Report(parsed.GetRequiredValue(Model), card, terminal))));
        return command;
    }

    private static Done Report(string path, ModelCard card, Terminal terminal)
    {
        terminal.Say($"{path}: {card.Task} of '{card.Target}'{(card.Levels.Count > 0 ? $" ({Tables.Levels(card.Levels)})" : "")}, seed {card.Seed}, written by FunctionalStack {card.Library}");
        if (card.IdColumn is { } id) terminal.Say($"rows are named by '{id}'");
        var columns = new Table().Border(TableBorder.Rounded).AddColumns("column", "kind", "levels");
        foreach (var column in card.Schema.Columns)
        {
            columns.AddRow(Markup.Escape(column.Name), column.Kind.ToString().ToLowerInvariant(), Markup.Escape(Tables.Levels(column.Levels)));
        }

        terminal.Say(columns);
        foreach (var model in card.Scores.GroupBy(score => (score.Model, score.Role)))
        {
            terminal.Say($"{model.Key.Role} {model.Key.Model}: {string.Join(", ", model.Take(Tables.MostMetrics).Select(score => $"{Tables.Title(score.Metric)} {Tables.Fixed(score.Mean)}"))}");
        }

        if (card.Spec is { } spec) terminal.Say(spec);
        terminal.Answer(() => new JsonObject
        {
            ["command"] = "inspect",
            ["model"] = path,
            ["format"] = ModelFile.FormatVersion,
            ["library"] = card.Library,
            ["task"] = card.Task,
            ["target"] = card.Target,
            ["classes"] = Json.Strings(card.Levels),
            ["id"] = card.IdColumn,
            ["seed"] = card.Seed,
            ["columns"] = new JsonArray([.. card.Schema.Columns.Select(column => (JsonNode?)new JsonObject
            {
                ["name"] = column.Name,
                ["kind"] = column.Kind.ToString().ToLowerInvariant(),
                ["levels"] = Json.Strings(column.Levels),
            })]),
            ["scores"] = new JsonArray([.. card.Scores.Select(score => (JsonNode?)new JsonObject
            {
                ["name"] = score.Model,
                ["role"] = score.Role,
                ["metric"] = score.Metric,
                ["mean"] = Json.Number(score.Mean),
            })]),
            ["spec"] = card.Spec is { } json ? JsonNode.Parse(json) : null,
        });
        return default;
    }
}
