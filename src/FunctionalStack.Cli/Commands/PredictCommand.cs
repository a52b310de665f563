using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Commands;

/// <summary>Predicts a file's rows with a model.</summary>
internal static class PredictCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "The model file to predict with.", Required = true };
    private static readonly Option<string> To = new("--out") { Description = "The CSV to write.", Required = true };
    private static readonly Option<bool> WithProbabilities = new("--probabilities") { Description = "Write the probability of each class as well." };

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("predict", "Predict the rows of a file with a model.") { Model, Common.Data, To, Common.Id, WithProbabilities, Common.Json };
        command.SetAction(run(Predict));
        return command;
    }

    private static Outcome<Done> Predict(ParseResult parsed, Terminal terminal)
    {
        var watch = Stopwatch.StartNew();
        var (path, to, probabilities) = (parsed.GetRequiredValue(Model), parsed.GetRequiredValue(To), parsed.GetValue(WithProbabilities));
        return from writable in Outputs.Check(parsed, [Model, Common.Data], [To])
               from loaded in ModelFile.Load(path)
               from table in Table.Read(parsed.GetRequiredValue(Common.Data))
               from frame in loaded.Card.Schema.Conform(table)
               from ids in Ids(parsed.GetValue(Common.Id), loaded.Card, table)
               from predicted in PredictionFrame.Of(loaded.Card.Target, loaded.Model.Predict(frame), ids, probabilities)
               from written in CsvFile.Write(to, predicted, terminal.Cancellation)
               select Report(terminal, path, to, frame.RowCount, watch.Elapsed, probabilities && loaded.Card.Levels.Count == 0);
    }

    // An id column named now must be there; the one named at fit is used where it is.
    private static Outcome<NamedColumn?> Ids(string? asked, ModelCard card, Table table) =>
        (asked ?? (card.IdColumn is { } known && table.Header.Contains(known) ? known : null)) is { } name
            ? DatasetReader.Ids(table, name).Map<NamedColumn?>(words => new(name, PredictionFrame.Words(words)))
            : Outcome.Ok<NamedColumn?>(null);

    private static Done Report(Terminal terminal, string model, string to, int rows, TimeSpan elapsed, bool withoutProbabilities)
    {
        if (withoutProbabilities) terminal.Note("note: the model predicts values, which have no probabilities");
        terminal.Say($"{to}: {rows} rows predicted by {model}, {elapsed.TotalSeconds:F1} s");
        terminal.Answer(() => new JsonObject
        {
            ["command"] = "predict",
            ["model"] = model,
            ["rows"] = rows,
            ["out"] = to,
            ["seconds"] = Json.Number(Math.Round(elapsed.TotalSeconds, 3)),
        });
        return default;
    }
}
