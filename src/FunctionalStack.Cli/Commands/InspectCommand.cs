using System.CommandLine;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using FunctionalStack.Neural;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace FunctionalStack.Cli.Commands;

/// <summary>Shows the content of a model file.</summary>
internal static class InspectCommand
{
    // The output fits one screen; JSON has everything.
    private const int MostColumns = 12;
    private const int MostSpecLines = 12;

    private static readonly Argument<string> Model = new("model") { Description = "A model file." };

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("inspect", "Show the content of a model file.") { Model, Plugins.Plugin, Common.Json };
        command.SetAction(run((parsed, terminal) => Inspect(parsed, parsed.GetRequiredValue(Model), terminal)));
        return command;
    }

    private static Outcome<Done> Inspect(ParseResult parsed, string path, Terminal terminal) =>
        from catalogue in Plugins.Catalogue(parsed)
        from content in ModelFile.Inspect(path, tag => tag is NetworkFile.NetworkTag or NetworkFile.CheckpointTag, catalogue)
        from plan in NetFile.Plan(path, content.Model)
        select Report(path, content, plan, terminal);

    private static Done Report(string path, ModelContent content, NetworkPlan? plan, Terminal terminal)
    {
        var (tag, card) = (content.Tag, content.Card);
        terminal.Print(
            $"{path}: {(tag == NetworkFile.CheckpointTag ? "a checkpoint, " : "")}{card.Task} of "
                + $"'{card.Target}'{(card.Levels.Count > 0 ? $" ({Tables.Levels(card.Levels)})" : "")}, seed {card.Seed}, written by "
                + $"FunctionalStack {card.Library}");
        if (card.IdColumn is { } id) terminal.Print($"id column: '{id}'");
        if (plan is not null) return ReportNet(path, content, plan, terminal);
        PrintScores(card, terminal);
        foreach (var line in Wrappers.Lines(card.Metadata)) terminal.Print(line);
        var columns = new Table().Border(TableBorder.Rounded).AddColumns("column", "kind", "levels");
        foreach (var column in card.Schema.Columns.Take(MostColumns))
        {
            columns.AddRow(Tables.Name(column.Name), Markup.Escape(FormatOf(column)), Markup.Escape(Tables.Levels(LevelsOf(column))));
        }

        terminal.Print(columns);
        if (card.Schema.Columns.Count > MostColumns) terminal.Print($"and {card.Schema.Columns.Count - MostColumns} more columns");
        PrintSpec(card.Spec?.Split('\n') ?? [], terminal);
        terminal.Answer(() =>
        {
            var answer = Answer(path, content);
            Wrappers.Describe(answer, card.Metadata);
            return answer;
        });
        return default;
    }

    private static void PrintSpec(string[] lines, Terminal terminal)
    {
        foreach (var line in lines.Take(lines.Length <= MostSpecLines ? lines.Length : MostSpecLines - 1))
            terminal.Print(line.TrimEnd('\r'));
        if (lines.Length > MostSpecLines) terminal.Print($"... {lines.Length - MostSpecLines + 1} more lines; --json has the whole spec");
    }

    private static Done ReportNet(string path, ModelContent content, NetworkPlan plan, Terminal terminal)
    {
        var card = content.Card;
        var history = NetFile.History(card);
        terminal.Print(Layers.Table(plan));
        if (card.Metadata.FirstOrDefault(pair => pair.Key == NetworkFile.TrainingKey) is { Value: var training })
            terminal.Print($"trained: {training}");
        if (history.Count > 0) terminal.Print(Histories.Table(history));
        foreach (var line in NetFile.TestLines(card)) terminal.Print(line);
        terminal.Answer(() =>
        {
            var answer = Answer(path, content);
            answer["network"] = Layers.Json(plan);
            answer["history"] = history;
            if (NetFile.Moments(card) is { } moments) answer["moments"] = moments;
            return answer;
        });
        return default;
    }

    private static string KindOf(ColumnSchema column) => column switch
    {
        ColumnSchema.Categorical => "categorical",
        ColumnSchema.Texts => "text",
        _ => "numeric",
    };

    private static string FormatOf(ColumnSchema column) =>
        column.Text with { Missing = default } == TextFormat.Usual ? KindOf(column) : $"{KindOf(column)}, {column.Text}";

    private static EquatableArray<string> LevelsOf(ColumnSchema column) =>
        column is ColumnSchema.Categorical categorical ? categorical.Levels : default;

    private static void PrintScores(ModelCard card, Terminal terminal)
    {
        foreach (var model in card.Scores.GroupBy(score => (score.Model, score.Role)))
        {
            var scores = model.Take(Tables.MostMetrics).Select(score => $"{Tables.Title(score.Metric)} {Tables.Fixed(score.Mean)}");
            terminal.Print($"{model.Key.Role} {model.Key.Model}: {string.Join(", ", scores)}");
        }
    }

    private static JsonObject Answer(string path, ModelContent content) => new()
    {
        ["command"] = "inspect",
        ["model"] = path,
        ["format"] = content.Format,
        ["kind"] = content.Tag,
        ["library"] = content.Card.Library,
        ["task"] = content.Card.Task,
        ["target"] = content.Card.Target,
        ["classes"] = Json.Strings(content.Card.Levels),
        ["id"] = content.Card.IdColumn,
        ["seed"] = content.Card.Seed,
        ["columns"] = new JsonArray([.. content.Card.Schema.Columns.Select(column =>
        {
            var json = new JsonObject { ["name"] = column.Name, ["kind"] = KindOf(column), ["levels"] = Json.Strings(LevelsOf(column)) };
            ColumnReadings.Describe(json, column.Text);
            return (JsonNode?)json;
        })]),
        ["scores"] = new JsonArray([.. content.Card.Scores.Select(score => (JsonNode?)new JsonObject
        {
            ["name"] = score.Model,
            ["role"] = score.Role,
            ["metric"] = score.Metric,
            ["mean"] = Json.Number(score.Mean),
        })]),
        ["spec"] = content.Card.Spec is { } json ? JsonNode.Parse(json) : null,
    };
}
