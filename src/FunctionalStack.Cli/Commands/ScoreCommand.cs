using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cli.Pages;
using FunctionalStack.Cli.Writing;
using FunctionalStack.Reporting.Markup;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Cli.Commands;

/// <summary>Scores a saved model on labelled rows.</summary>
internal static class ScoreCommand
{
    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("score", "Score a saved model on labelled rows, with all metrics.") { ReportOption.Report };
        foreach (var option in TestRows.Options) command.Add(option);
        command.Validators.Add(result => result.Require(Common.Data));
        command.SetAction(run((parsed, terminal) => TestRows.Check(parsed).Bind(_ => TestRows.Read(parsed, terminal))
            .Bind(rows => Score(parsed, terminal, rows))));
        return command;
    }

    private static Outcome<Done> Score(ParseResult parsed, Terminal terminal, TestRows rows)
    {
        var (watch, seed) = (Stopwatch.StartNew(), parsed.GetValue(Common.Seed));
        var executor = Executor.Threads(parsed.GetValue(Common.Threads));
        Prediction? predicted = null;
        var scored = executor.Predict(rows.Model, rows.Data.Frame, terminal.Cancellation)
            .Bind(prediction => Scoring.Score(predicted = prediction, rows.Data.Roles, Seed.Of(seed))).At(rows.File);
        return from scores in terminal.Noted(scored)
               let notes = (EquatableArray<Note>)[.. rows.Notes, .. scored.Notes]
               from page in PageOf(parsed, rows, scores, predicted!, executor).Write(parsed, notes, watch)
               select Report(terminal, rows, scores, seed, notes, watch.Elapsed, page);
    }

    private static CommandPage PageOf(ParseResult parsed, TestRows rows, TestScores scores, Prediction predicted,
        IExecutor executor) => new(
        $"Score: {rows.Target} of {Path.GetFileName(rows.File)}", Common.Data,
        [("model", PlainText.Name(rows.Path, 60)), .. CommandPage.FactsOf(rows.Data.Roles, rows.Data.Frame.Columns.Count)],
        () => Explanation.Of(rows.Model, rows.Data, Seed.Of(parsed.GetValue(Common.Seed)).Fork("report"), executor).Map(explained =>
            EquatableArray.Of(
                ScoresPart.Of(scores),
                PredictionsPart.Of([new(Path.GetFileName(rows.Path), EquatableArray.Range(rows.Data.RowCount), predicted)], rows.Data.Roles,
                    "The charts are made from the predictions of these rows. They mean what they show only if the model was not fitted on "
                        + "them."),
                ImportancePart.Of(explained, rows.Data.Target, $"Computed on {Figures.Rows(explained.Rows)}"
                    + $"{(explained.Rows < rows.Data.RowCount ? ", drawn by the seed" : " of the file")}."),
                DataPart.Of(rows.Data, DataPart.Against))));

    private static Done Report(Terminal terminal, TestRows rows, TestScores scores, long seed, EquatableArray<Note> notes, TimeSpan elapsed,
        string? page)
    {
        terminal.Print($"{rows.Path} on {rows.File}: {Tables.Rows(scores.Rows)}, target {rows.Target}; score ± bootstrap standard error");
        foreach (var (metric, value, error) in scores.Scores)
        {
            var spread = double.IsNaN(error) ? "" : $" ± {Tables.Fixed(error)}";
            terminal.Print($"  {Tables.Title(metric)}: {Tables.Fixed(value)}{spread}");
        }

        CommandPage.Print(terminal, page);
        terminal.Answer(() =>
        {
            var answer = new JsonObject { ["command"] = "score", ["model"] = rows.Path }.Describe(rows.Data.Roles);
            answer["seed"] = seed;
            answer["metrics"] = Numbers(scores, score => score.Value);
            answer["errors"] = Numbers(scores, score => score.StandardError);
            answer["seconds"] = Json.Number(Math.Round(elapsed.TotalSeconds, 3));
            CommandPage.Describe(answer, page);
            answer["notes"] = Json.Strings(Note.Summary(notes));
            return answer;
        });
        return default;
    }

    private static JsonObject Numbers(TestScores scores, Func<TestScore, double> of) =>
        new(scores.Scores.Select(score => KeyValuePair.Create(score.Metric, Json.Number(of(score)))));
}
