using System.Text.Json.Nodes;
using FunctionalStack.Cli.Images;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Output;
using FunctionalStack.Demos;
using FunctionalStack.Neural;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace FunctionalStack.Cli.Demos;

/// <summary>The published experiment: a small convolutional net with batch normalization on 70,000 handwritten digits.</summary>
internal static class MnistDemo
{
    /// <summary>Runs and tells; the JSON object's fields without <c>command</c>.</summary>
    /// <param name="terminal">Where to tell.</param>
    /// <param name="place">Where to compute.</param>
    /// <param name="images">A folder of the four IDX files, or the data set's name.</param>
    /// <param name="epochs">As published: 10.</param>
    /// <param name="seed">Where all randomness comes from.</param>
    /// <param name="report">A folder to draw pictures into; null for none.</param>
    public static Outcome<JsonObject> Run(Terminal terminal, BackendRequest request, string images, int epochs, long seed, string? report) =>
        from read in ImageSource.Read(images)
        from test in read.Test is { } found ? Outcome.Ok(found) : Outcome.Fail<LabelledExamples>(images, "holds no test images", "Give the folder of all four MNIST files.")
        let training = new NetTraining(ReferenceNetwork.For(read.Train.Inputs.Shape, read.Levels.Count), new(read.Train, Test: test), new(epochs), seed)
        from answer in request.On(backend => Run(terminal, backend, training, test, report))
        select answer;

    private static Outcome<JsonObject> Run(Terminal terminal, IBackend backend, NetTraining training, LabelledExamples test, string? report)
    {
        Begin(terminal, training, backend);
        return from result in training.Run(terminal, backend)
               let shown = Tell(terminal, result)
               from pictures in report is null ? Outcome.Ok<EquatableArray<string>>(default) : Draw(report, terminal, backend, result, test)
               select Answer(terminal, backend, result, pictures);
    }

    private static void Begin(Terminal terminal, NetTraining training, IBackend backend)
    {
        terminal.Say($"mnist: {Tables.Whole(training.Data.Train.Count)} digits to train on, {Tables.Whole(training.Data.Test!.Count)} to test on; batch {training.Options.Batch}, Adam at its defaults, on {backend.Id} ({backend.Name})");
        terminal.Say(Layers.Table(training.Network.Check().OrThrow()));
    }

    private static Done Tell(Terminal terminal, NetResult result)
    {
        terminal.Say(Histories.Table(Histories.Json(result.TrainedNetwork.History, result.Speeds)));
        var table = new Table().Border(TableBorder.Rounded).AddColumn($"test images, after {result.TrainedNetwork.Epoch} epochs");
        foreach (var title in (string[])["published, after 10", "measured", "with population moments"]) table.AddColumn(new TableColumn(title).RightAligned());
        NetScore?[] scores = [MnistExperiment.Published, result.Test, result.Population];
        table.AddRow(["loss", .. scores.Select(score => Tables.Fixed(score!.Loss))]);
        table.AddRow(["accuracy", .. scores.Select(score => $"{Tables.Fixed(100 * score!.Accuracy!.Value, 2)}%")]);
        terminal.Say(table);
        terminal.Say($"{result.Elapsed.TotalSeconds:F1} s");
        return default;
    }

    private static Outcome<EquatableArray<string>> Draw(string report, Terminal terminal, IBackend backend, NetResult result, LabelledExamples test) =>
        from predicted in NetPredictions.Of(backend, result.TrainedNetwork.Network, result.TrainedNetwork.Variables, result.Asked.Levels, test.Inputs)
        from pictures in NetPictures.Draw(report, "mnist", result.TrainedNetwork.History, test, predicted, terminal.Cancellation)
        select pictures;

    private static JsonObject Answer(Terminal terminal, IBackend backend, NetResult result, EquatableArray<string> pictures)
    {
        foreach (var picture in pictures) terminal.Say(picture);
        var answer = Histories.Answer(backend, result);
        answer["demo"] = "mnist";
        answer["published"] = Histories.Json(MnistExperiment.Published);
        answer["pictures"] = Json.Strings(pictures);
        return answer;
    }
}
