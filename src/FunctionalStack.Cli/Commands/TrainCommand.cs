using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cli.Pages;
using FunctionalStack.Cli.Writing;
using FunctionalStack.IO;
using FunctionalStack.Neural;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Cli.Commands;

/// <summary>Trains a convolutional net on images and writes it to a file.</summary>
internal static class TrainCommand
{
    private static readonly Option<string> Data =
        new("--images")
        {
            Description = "mnist, fashion, a folder of IDX files, or a folder with one subfolder per class.",
            Required = true,
            HelpName = "mnist|fashion|DIR",
            CompletionSources = { ImageOptions.DataSets },
        };
    private static readonly Option<string> Model = new("--model") { Description = "The model file to write.", Required = true };
    private static readonly Option<string?> Checkpoint =
        new("--checkpoint") { Description = "A file written after each epoch, to resume from with --resume." };
    private static readonly Option<bool> Resume =
        new("--resume") { Description = "Resume from the checkpoint, if it exists. The result equals that of an uninterrupted training." };

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("train", "Train a convolutional net on images and write it to a file.")
        {
            Data, Model, Checkpoint, Resume, ReportOption.Report, Backends.Backend, Backends.Precision, Common.Seed, Common.Threads,
                Common.Json,
        };
        foreach (var option in ImageOptions.All) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Resume) && result.GetValue(Checkpoint) is null)
                result.AddError("--resume needs a checkpoint. Give --checkpoint.");
        });
        command.SetAction(run(Train));
        return command;
    }

    // All checks run before the training.
    private static Outcome<Done> Train(ParseResult parsed, Terminal terminal) =>
        from writable in OutputPaths.Check(parsed, [], [Model, Checkpoint, ReportOption.Report], images: Data)
        from start in From(parsed, terminal)
        from images in terminal.Noted(ImageSource.Read(parsed.GetRequiredValue(Data), parsed.GetValue(ImageOptions.Size)))
        from patient in ImageOptions.CanWait(parsed, images)
        let options = ImageOptions.Training(parsed)
        let asked = NetTraining.Of(images, options, parsed.GetValue(Common.Balance), parsed.GetValue(Common.Seed))
        let training = asked with { Resizes = parsed.GetValue(ImageOptions.Size) is not null }
        from done in new BackendRequest(parsed, terminal).On(backend => Train(parsed, terminal, training, backend, start))
        select done;

    private static Outcome<Done> Train(ParseResult parsed, Terminal terminal, NetTraining training, IBackend backend, Checkpoint? start)
    {
        var (path, watch) = (parsed.GetRequiredValue(Model), Stopwatch.StartNew());
        Begin(parsed, terminal, training, backend);
        return from result in Noted(parsed, terminal, backend, training.Run(terminal, backend, parsed.GetValue(Checkpoint), start))
               from page in PageOf(parsed, backend, result).Write(parsed, default, watch)
               from written in NetFile.Save(path, result)
               select Report(terminal, backend, path, result, page);
    }

    private static CommandPage PageOf(ParseResult parsed, IBackend backend, NetResult result) => new(
        $"Training on {parsed.GetRequiredValue(Data)}", Data,
        [
            ("images", $"{Tables.Whole(result.Asked.Data.Train.Count)} of {result.Asked.Data.Train.Inputs.Shape}, "
                + $"{result.Asked.Levels.Count} classes"),
            ("device", $"{backend.Id} ({backend.Name})"),
        ],
        () => NetParts.Training(backend, result));

    private static Outcome<Checkpoint?> From(ParseResult parsed, Terminal terminal)
    {
        var path = parsed.GetValue(Checkpoint)!;
        if (!parsed.GetValue(Resume))
        {
            return File.Exists(path)
                ? Outcome.Fail<Checkpoint?>($"--checkpoint: {path}", "already exists, and another run may need it",
                    "Resume from it with --resume, give another file, or delete it.")
                : Outcome.Ok<Checkpoint?>(null);
        }

        if (File.Exists(path)) return NetworkFile.LoadCheckpoint(path).Map<Checkpoint?>(found => found);
        terminal.Note($"note: {path}: no checkpoint exists yet, so a new training starts");
        return Outcome.Ok<Checkpoint?>(null);
    }

    private static void Begin(ParseResult parsed, Terminal terminal, NetTraining training, IBackend backend)
    {
        var train = training.Data.Train;
        terminal.Note(
            $"{parsed.GetValue(Data)}: {Tables.Whole(train.Count)} training images of {train.Inputs.Shape}, "
                + $"{(training.Data.Validation is { } validation ? $"{Tables.Whole(validation.Count)} validation images, " : "")}"
                + $"{(training.Data.Test is { } test ? $"{Tables.Whole(test.Count)} test images" : "no test images")};"
            + $" {training.Levels.Count} classes; on {backend.Id} ({backend.Name})");
    }

    // Training does not know the file names. Its failures are about the checkpoint, the device or the images, so the path is added here.
    private static Outcome<NetResult> Noted(ParseResult parsed, Terminal terminal, IBackend backend, Outcome<NetResult> outcome)
    {
        var where = (outcome as Outcome<NetResult>.Fail)?.Failure.Where;
        var named = where == backend.Id
            ? outcome : outcome.At(where == "checkpoint" ? parsed.GetValue(Checkpoint)! : parsed.GetRequiredValue(Data));
        terminal.Notes(named.Notes);
        return named;
    }

    private static Done Report(Terminal terminal, IBackend backend, string path, NetResult result, string? page)
    {
        terminal.Print(Histories.Table(Histories.Json(result.TrainedNetwork.History, result.Speeds)));
        Histories.Print(terminal, result);
        CommandPage.Print(terminal, page);
        terminal.Print(
            $"{path}: written, {Tables.Whole(result.Plan.TotalParameters())} parameters of epoch {result.TrainedNetwork.Epoch}, with "
                + $"{(result.Moments == "moving" ? "moving averages" : "population moments")}; {result.Elapsed.TotalSeconds:F1} s");
        terminal.Answer(() =>
        {
            var answer = new JsonObject { ["command"] = "train", ["model"] = path };
            foreach (var (field, value) in Histories.Answer(backend, result)) answer[field] = value?.DeepClone();
            CommandPage.Describe(answer, page);
            return answer;
        });
        return default;
    }
}
