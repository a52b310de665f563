using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cli.Pages;
using FunctionalStack.Cli.Writing;
using FunctionalStack.IO;
using FunctionalStack.Neural;
using FunctionalStack.Reporting.Markup;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Cli.Commands;

/// <summary>The command <c>evaluate --images</c>: scores a saved net on labelled images, or cross-validates the reference
/// net.</summary>
internal static class EvaluateImages
{
    public static readonly Option<string?> Images =
        new("--images")
        {
            Description = "mnist, fashion, or a folder of images, instead of --data: evaluates a net.",
            HelpName = "mnist|fashion|DIR",
            CompletionSources = { ImageOptions.DataSets },
        };
    private static readonly Option<string?> Model =
        new("--model") { Description = "With --images: the net to score, instead of cross-validation." };

    public static Option[] Options => [Images, Model, .. ImageOptions.All, Backends.Backend, Backends.Precision];

    /// <summary>Refuses the options for images if --images is not given.</summary>
    public static void Without(CommandResult result)
    {
        result.Require(Common.Data, Common.Target);
        Refuse(result, Options.Except([Common.Balance]), "is for --images");
    }

    /// <summary>Refuses the options for tables, and options without effect.</summary>
    public static void Check(CommandResult result, Option folds, Option[] ofTables)
    {
        if (result.IsGiven(Common.Data))
        {
            result.AddError(
                "--data and --images are both given. Give --data to score learners on a table, or --images to score a net on images.");
            return;
        }

        Refuse(result, ofTables.Except([Common.Seed, Common.Threads, Common.Json, Common.Balance]), "is for --data");
        if (result.GetValue(Model) is not null) Refuse(result, [folds, Common.Seed, .. ImageOptions.All],
            "is for cross-validation; --model scores a trained net");
    }

    public static Outcome<Done> Run(ParseResult parsed, Terminal terminal, string images, int folds) =>
        OutputPaths.Check(parsed, [Model], [ReportOption.Report], images: Images).Bind(_ => parsed.GetValue(Model) is { } model
            ? Score(parsed, terminal, images, model) : CrossValidate(parsed, terminal, images, folds));

    private static Outcome<Done> Score(ParseResult parsed, Terminal terminal, string images, string path)
    {
        var watch = Stopwatch.StartNew();
        return from net in NetworkFile.Load(path)
               let reading = terminal.Noted(ImageSource.ReadToScore(images, net.Model.Levels, net.Model.Network.Input,
                   NetworkFile.Resizes(net.Card)))
               from examples in reading
               from scored in new BackendRequest(parsed, terminal).On(backend =>
                   NetPredictions.Of(backend, net.Model.Network, net.Model.Variables, net.Model.Levels, examples.Inputs)
                   .Map(predicted => (Prediction: predicted, Id: backend.Id, Name: backend.Name)))
               let scores = EquatableArray.From(Metric.For(examples.Target).Select(metric =>
                   (metric.Name, Value: metric.Score(examples.Target, scored.Prediction, null))))
               from page in new CommandPage($"Score of a net on {images}", Images,
                   [("model", PlainText.Name(path, 60)), ("device", $"{scored.Id} ({scored.Name})")],
                   () => Outcome.Ok(EquatableArray.Of<Section>(
                   [
                       ScoresPart.Of($"{Tables.Whole(examples.Count)} images", scores),
                       .. NetParts.Predicted("net", examples.Target, scored.Prediction, examples.Inputs, "images",
                           "The charts are made from the "
                           + "predictions of these images. They mean what they show only if the net was not trained on them."),
                   ]))).Write(parsed, reading.Notes, watch)
               select Report(scores, examples.Target, scored.Id, scored.Name, reading.Notes, page);

        Done Report(EquatableArray<(string Name, double Value)> scores, Target target, string backend, string device,
            EquatableArray<Note> notes, string? page)
        {
            terminal.Print($"{path} on {images}: {Tables.Whole(target.Count)} images");
            foreach (var (name, value) in scores) terminal.Print($"  {Tables.Title(name)}: {Tables.Fixed(value)}");
            CommandPage.Print(terminal, page);
            terminal.Answer(() => new JsonObject { ["command"] = "evaluate", ["model"] = path }.Describe(new(target)).With(
                ("metrics", new JsonObject(scores.Select(score => KeyValuePair.Create(score.Name, Json.Number(score.Value))))),
                ("backend", backend),
                ("device", device),
                ("seconds", Json.Number(Math.Round(watch.Elapsed.TotalSeconds, 3))),
                ("notes", Json.Strings(Note.Summary(notes)))).Paged(page));
            return default;
        }
    }

    private static Outcome<Done> CrossValidate(ParseResult parsed, Terminal terminal, string images, int k)
    {
        var (watch, seed) = (Stopwatch.StartNew(), parsed.GetValue(Common.Seed));
        var root = Seed.Of(seed);
        EquatableArray<Note> notes = default;
        var reading = terminal.Noted(ImageSource.Read(images, parsed.GetValue(ImageOptions.Size)).Bind(LeaveTestOut));
        return from read in reading
               from patient in ImageOptions.CanWait(parsed, read)
               let roles = read.Train.Roles
               let planned = terminal.Noted(new FoldPlan.Usual(k).Seeded(root.Fork("outer folds")).Split(roles).At(images))
               from folds in planned
               from scored in new BackendRequest(parsed, terminal).On(backend => terminal.Noted(
                       Predicted(Outcome.All(folds.Select((fold, i) =>
                           Fold(parsed, terminal, backend, read, fold,
                               root.Fork("net").Fork(i)).At($"{images}: fold {i + 1} of {folds.Count}")))))
                   .Map(predictions =>
                       (ScoredModel: ScoredModel.Of("net", "learner", roles, folds, predictions), Id: backend.Id, Name: backend.Name)))
               let all = (EquatableArray<Note>)[.. reading.Notes, .. planned.Notes, .. notes]
               from page in new CommandPage($"Evaluation of the net on {images}", Images,
                   [
                       ("images", $"{Tables.Whole(roles.Count)} of {read.Train.Inputs.Shape}, {read.Levels.Count} classes"),
                       ("device", $"{scored.Id} ({scored.Name})"),
                   ],
                   () => Outcome.Ok(NetParts.CrossValidated(new(folds, [scored.ScoredModel]), roles, read.Train.Inputs))).Write(parsed, all,
                       watch)
               select Report(scored.ScoredModel, roles, folds.Count, scored.Id, scored.Name, all, page);

        Outcome<EquatableArray<Prediction>> Predicted(Outcome<EquatableArray<Prediction>> predictions)
        {
            notes = predictions.Notes;
            return predictions;
        }

        Outcome<ImageSet> LeaveTestOut(ImageSet read) => read.Test is { } test
            ? new Outcome<ImageSet>.Ok(read with { Test = null },
                [new(images,
                    $"its {Tables.Whole(test.Count)} test images are left out, because the folds are made of the training images")])
            : Outcome.Ok(read);

        Done Report(ScoredModel net, Roles roles, int count, string backend, string device, EquatableArray<Note> notes,
            string? page)
        {
            terminal.Print(
                $"{images}: {Tables.Whole(roles.Count)} images, {((Target.Classes)roles.Target).Levels.Count} classes; {count} outer "
                    + "folds, mean ± standard deviation");
            terminal.Print(Tables.Scores([net], roles.Target, terminal.Width));
            CommandPage.Print(terminal, page);
            terminal.Print($"{watch.Elapsed.TotalSeconds:F1} s");
            terminal.Answer(() => new JsonObject { ["command"] = "evaluate" }.Describe(roles).With(
                ("folds", count),
                ("seed", seed),
                ("seconds", Json.Number(Math.Round(watch.Elapsed.TotalSeconds, 3))),
                ("models", Json.Models([net])),
                ("backend", backend),
                ("device", device),
                ("notes", Json.Strings(Note.Summary(notes)))).Paged(page));
            return default;
        }
    }

    private static Outcome<Prediction> Fold(ParseResult parsed, Terminal terminal, IBackend backend, ImageSet read, Fold fold, Seed seed)
    {
        var training = NetTraining.Of(
            read with { Train = read.Train.Take(fold.Train) }, ImageOptions.Training(parsed), parsed.GetValue(Common.Balance),
                parsed.GetValue(Common.Seed));
        return from trained in terminal.Training("training", progress => Training.Fit(
                   backend, training.Network, training.Data, training.Options, seed,
                       new() { Progress = progress, Clock = TimeProvider.System, Cancellation = terminal.Cancellation }))
               from predicted in NetPredictions.Of(backend, trained.Network, trained.Variables, read.Levels,
                   read.Train.Take(fold.Holdout).Inputs)
               select (Prediction)predicted;
    }

    private static void Refuse(CommandResult result, IEnumerable<Option> options, string why)
    {
        foreach (var option in options.Where(option => result.IsGiven(option)))
        {
            result.AddError($"{option.Name} {why}.");
        }
    }

    private static JsonObject Paged(this JsonObject answer, string? page)
    {
        CommandPage.Describe(answer, page);
        return answer;
    }

    private static JsonObject With(this JsonObject answer, params (string Field, JsonNode? Value)[] fields)
    {
        foreach (var (field, value) in fields) answer[field] = value;
        return answer;
    }
}
