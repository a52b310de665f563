using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;

namespace FunctionalStack.Cli.Commands;

/// <summary>Scores a saved model on labelled rows.</summary>
internal static class ScoreCommand
{
    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("score", "Score a saved model on labelled rows, with all metrics.");
        foreach (var option in TestRows.Options) command.Add(option);
        command.Validators.Add(result => result.Require(Common.Data));
        command.SetAction(run((parsed, terminal) => TestRows.Read(parsed, terminal).Bind(rows => Score(parsed, terminal, rows))));
        return command;
    }

    private static Outcome<Done> Score(ParseResult parsed, Terminal terminal, TestRows rows)
    {
        var (watch, seed) = (Stopwatch.StartNew(), parsed.GetValue(Common.Seed));
        var scored = Executor.Threads(parsed.GetValue(Common.Threads)).Predict(rows.Model, rows.Data.Frame, terminal.Cancellation)
            .Bind(prediction => Scoring.Score(prediction, rows.Data.Roles, Seed.Of(seed))).At(rows.File);
        return terminal.Noted(scored).Map(scores => Report(terminal, rows, scores, seed, [.. rows.Notes, .. scored.Notes], watch.Elapsed));
    }

    private static Done Report(Terminal terminal, TestRows rows, TestScores scores, long seed, EquatableArray<Note> notes, TimeSpan elapsed)
    {
        terminal.Print($"{rows.Path} on {rows.File}: {Tables.Rows(scores.Rows)}, target {rows.Target}; score ± bootstrap standard error");
        foreach (var (metric, value, error) in scores.Scores)
        {
            var spread = double.IsNaN(error) ? "" : $" ± {Tables.Fixed(error)}";
            terminal.Print($"  {Tables.Title(metric)}: {Tables.Fixed(value)}{spread}");
        }

        terminal.Answer(() =>
        {
            var answer = new JsonObject { ["command"] = "score", ["model"] = rows.Path }.Describe(rows.Data.Roles);
            answer["seed"] = seed;
            answer["metrics"] = Numbers(scores, score => score.Value);
            answer["errors"] = Numbers(scores, score => score.StandardError);
            answer["seconds"] = Json.Number(Math.Round(elapsed.TotalSeconds, 3));
            answer["notes"] = Json.Strings(Note.Summary(notes));
            return answer;
        });
        return default;
    }

    private static JsonObject Numbers(TestScores scores, Func<TestScore, double> of) =>
        new(scores.Scores.Select(score => KeyValuePair.Create(score.Metric, Json.Number(of(score)))));
}
