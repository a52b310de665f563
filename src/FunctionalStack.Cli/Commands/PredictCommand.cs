using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cli.Writing;
using FunctionalStack.Columnar;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Commands;

/// <summary>Predicts the rows of a file, or images, with a model.</summary>
internal static class PredictCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "The model file.", Required = true };
    private static readonly Option<string?> Data = new("--data") { Description = "A CSV, Parquet or Arrow file, for a model for tables." };
    private static readonly Option<string?> Of =
        new("--images")
        {
            Description = "mnist, fashion, or a folder of images or IDX files, for a net written by 'fstack train'.",
            HelpName = "mnist|fashion|DIR",
            CompletionSources = { ImageOptions.DataSets },
        };
    private static readonly Option<string> To =
        new("--out")
        {
            Description =
            "The file to write: Parquet for .parquet, Arrow for .arrow and .feather, otherwise CSV; - for standard output.",
            Required = true
        };
    private static readonly Option<bool> WithProbabilities =
        new("--probabilities") { Description = "Also write the probability of each class." };

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("predict", "Predict the rows of a file, or images, with a model.");
        foreach (var option in (Option[])[Model, Data, Of, To, Common.Id, WithProbabilities, .. Bounds.Options,
            .. TextFormats.AsInTraining.All, Plugins.Plugin, Backends.Backend, Backends.Precision, Common.Threads, Common.Json])
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if ((result.GetValue(Data) is null) == (result.GetValue(Of) is null))
                result.AddError("Give --data for a model for tables, or --images for a net for images.");
            if (result.GetValue(To) == StandardStream.Dash && result.GetValue(Common.Json))
                result.AddError("--out - and --json both go to standard output. Give --out a file.");
            if (result.GetValue(Of) is not null && result.GetValue(Common.Id) is not null)
                result.AddError("--id is for --data. Images are identified by their files.");
            if (result.GetValue(Of) is not null
                && TextFormats.AsInTraining.All.FirstOrDefault(option => result.IsGiven(option)) is { } text)
            {
                result.AddError($"{text.Name} is for --data. Images have no text.");
            }

            if (result.GetValue(Of) is not null && result.GetValue(Plugins.Plugin)!.Length > 0)
            {
                result.AddError("--plugin is for --data. Nets for images need no plugin.");
            }

            if (result.GetValue(Of) is not null && Bounds.Options.FirstOrDefault(option => result.IsGiven(option)) is { } bounds)
            {
                result.AddError($"{bounds.Name} is for --data. Nets for images have no intervals, quantiles and sets.");
            }

            foreach (var option in (Option[])[Backends.Backend, Backends.Precision])
            {
                if (result.GetValue(Of) is null && result.IsGiven(option))
                    result.AddError($"{option.Name} is for --images. Models for tables run on the host.");
            }
        });
        command.SetAction(run((parsed, terminal) =>
            parsed.GetValue(Of) is { } images
                ? PredictImages(parsed, terminal, images) : Predict(parsed, terminal, parsed.GetValue(Data)!)));
        return command;
    }

    private static Outcome<Done> PredictImages(ParseResult parsed, Terminal terminal, string images)
    {
        var watch = Stopwatch.StartNew();
        var (path, to) = (parsed.GetRequiredValue(Model), parsed.GetRequiredValue(To));
        return from writable in OutputPaths.Check(parsed, [Model], [To], images: Of, dash: To)
               from net in NetworkFile.Load(path)
               let reading = terminal.Noted(ImageSource.ReadToPredict(images, net.Model.Network.Input, NetworkFile.Resizes(net.Card)))
               from found in reading
               from prediction in new BackendRequest(parsed, terminal).On(backend =>
                   NetPredictions.Of(backend, net.Model.Network, net.Model.Variables, net.Model.Levels, found.Inputs)
                       .Map(all => (Prediction: all, On: (backend.Id, backend.Name))))
               from predicted in PredictionFrame.Of(net.Card.Target, prediction.Prediction,
                   new("image", PredictionFrame.Strings(found.Names)), parsed.GetValue(WithProbabilities))
               from written in FrameFile.Write(to, predicted, terminal.Cancellation)
               select Report(terminal, path, to, found.Inputs.Count, watch.Elapsed, withoutProbabilities: false, prediction.On,
                   reading.Notes);
    }

    private static Outcome<Done> Predict(ParseResult parsed, Terminal terminal, string data)
    {
        var watch = Stopwatch.StartNew();
        var (path, to, probabilities) = (parsed.GetRequiredValue(Model), parsed.GetRequiredValue(To), parsed.GetValue(WithProbabilities));
        return from writable in OutputPaths.Check(parsed, [Model, Data, Plugins.Plugin], [To], dash: To)
               from catalogue in Plugins.Catalogue(parsed)
               from content in ModelFile.Inspect(path, tag => tag is not (NetworkFile.NetworkTag or NetworkFile.CheckpointTag), catalogue)
               from loaded in content.Loaded is { } model ? Outcome.Ok(model) : NoTable(path, content.Tag)
               let options = TextFormats.AsInTraining.Of(parsed)
               let reading = loaded.By(loaded.Schema.ReadBy(options))
               from blocks in TableFile.Blocks(data)
               from rows in Written(blocks, reading, options)
               select Report(terminal, path, to, rows.Rows, watch.Elapsed, probabilities && loaded.Card.Levels.Count == 0,
                   notes: EquatableArray.From(rows.Notes.SelectMany(stage => stage)), score: rows.Score,
                   describe: answer => Bounds.Describe(answer, parsed, loaded.Card.Target));

        Outcome<PredictedRows> Written(TableBlocks blocks, LoadedModel reading, TextOptions options)
        {
            using (blocks)
            {
                return PredictedRows.Write(blocks, reading, to,
                    (table, noted) => Block(parsed, reading, options, blocks.Name, table, noted),
                    parsed.GetValue(Common.Threads), terminal);
            }
        }
    }

    /// <summary>Predicts a block of rows.</summary>
    private static Outcome<PredictedRows.Written> Block(
        ParseResult parsed, LoadedModel model, TextOptions options, string data, Table table, Stages noted)
    {
        var path = parsed.GetRequiredValue(Model);
        return from frame in noted.Noted(table.Frame(model.Schema))
               // An id column given now must exist. The one given at fit is used if it exists.
               from ids in PredictionColumns.Ids(parsed.GetValue(Common.Id), model.Card, table)
               let outcome = model.Predict(frame).At(data)
               from prediction in noted.Noted(outcome)
               let bounds = Bounds.Columns(parsed, model, frame).Located(path, data, outcome.Notes)
               from more in noted.Noted(bounds)
               from score in noted.Noted(LabelledScore.Of(table, model.Card, prediction, options).At(data))
               from predicted in PredictionFrame.Of(model.Card.Target, prediction, ids, parsed.GetValue(WithProbabilities), more)
               select new PredictedRows.Written(frame, predicted, score);
    }

    private static Outcome<LoadedModel> NoTable(string path, string tag) => tag == NetworkFile.NetworkTag
        ? Outcome.Fail<LoadedModel>(path, "is a net for images, not for tables", "Give --images.")
        : Outcome.Fail<LoadedModel>(path, "is a checkpoint, not a model", "Give the file written by 'fstack train --model'.");

    private static Done Report(
        Terminal terminal, string model, string to, long rows, TimeSpan elapsed, bool withoutProbabilities,
        (string Id, string Name)? backend = null,
        EquatableArray<Note> notes = default, LabelledScore? score = null, Action<JsonObject>? describe = null)
    {
        if (withoutProbabilities) terminal.Note("note: the model is a regressor, so there are no probabilities");
        // If the predictions go to standard output, messages go to standard error.
        Action<string> print = to == StandardStream.Dash ? terminal.Note : terminal.Print;
        var predicted = $"{rows} {(rows == 1 ? "row" : "rows")} predicted by {model}, {elapsed.TotalSeconds:F1} s";
        print($"{(to == StandardStream.Dash ? "standard output" : to)}: {predicted}");
        if (score is not null) print(score.ToString());
        terminal.Answer(() =>
        {
            var answer = new JsonObject
            {
                ["command"] = "predict",
                ["model"] = model,
                ["rows"] = rows,
                ["out"] = to,
                ["seconds"] = Json.Number(Math.Round(elapsed.TotalSeconds, 3)),
            };
            score?.Describe(answer);
            describe?.Invoke(answer);
            answer["notes"] = Json.Strings(Note.Summary(notes));
            if (backend is { } on) (answer["backend"], answer["device"]) = (on.Id, on.Name);
            return answer;
        });
        return default;
    }
}
