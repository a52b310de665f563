using System.CommandLine;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using FunctionalStack.Neural;
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
        command.SetAction(run((parsed, terminal) => Inspect(parsed.GetRequiredValue(Model), terminal)));
        return command;
    }

    private static Outcome<Done> Inspect(string path, Terminal terminal) =>
        from card in ModelFile.Describe(path)
        from tag in ModelFile.Tag(path)
        from plan in tag is NetFile.NetworkTag or NetFile.CheckpointTag ? NetFile.Plan(path).Map<NetworkPlan?>(found => found) : Outcome.Ok<NetworkPlan?>(null)
        select Report(path, tag, card, plan, terminal);

    private static Done Report(string path, string tag, ModelCard card, NetworkPlan? plan, Terminal terminal)
    {
        terminal.Say($"{path}: {(tag == NetFile.CheckpointTag ? "a checkpoint, " : "")}{card.Task} of '{card.Target}'{(card.Levels.Count > 0 ? $" ({Tables.Levels(card.Levels)})" : "")}, seed {card.Seed}, written by FunctionalStack {card.Library}");
        if (card.IdColumn is { } id) terminal.Say($"rows are named by '{id}'");
        if (plan is not null) return ReportNet(path, tag, card, plan, terminal);
        var columns = new Table().Border(TableBorder.Rounded).AddColumns("column", "kind", "levels");
        foreach (var column in card.Schema.Columns)
        {
            columns.AddRow(Markup.Escape(column.Name), column.Kind.ToString().ToLowerInvariant(), Markup.Escape(Tables.Levels(column.Levels)));
        }

        terminal.Say(columns);
        SayScores(card, terminal);
        if (card.Spec is { } spec) terminal.Say(spec);
        terminal.Answer(() => Answer(path, tag, card));
        return default;
    }

    private static Done ReportNet(string path, string tag, ModelCard card, NetworkPlan plan, Terminal terminal)
    {
        var history = NetFile.History(card);
        terminal.Say(Layers.Table(plan));
        if (card.Metadata.FirstOrDefault(pair => pair.Key == NetFile.TrainingKey) is { Value: var training }) terminal.Say($"trained: {training}");
        if (history.Count > 0) terminal.Say(Histories.Table(history));
        SayScores(card, terminal);
        terminal.Answer(() =>
        {
            var answer = Answer(path, tag, card);
            answer["network"] = Layers.Json(plan);
            answer["history"] = history;
            return answer;
        });
        return default;
    }

    private static void SayScores(ModelCard card, Terminal terminal)
    {
        foreach (var model in card.Scores.GroupBy(score => (score.Model, score.Role)))
        {
            terminal.Say($"{model.Key.Role} {model.Key.Model}: {string.Join(", ", model.Take(Tables.MostMetrics).Select(score => $"{Tables.Title(score.Metric)} {Tables.Fixed(score.Mean)}"))}");
        }
    }

    private static JsonObject Answer(string path, string tag, ModelCard card) => new()
    {
        ["command"] = "inspect",
        ["model"] = path,
        ["format"] = ModelFile.FormatVersion,
        ["kind"] = tag,
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
    };
}
