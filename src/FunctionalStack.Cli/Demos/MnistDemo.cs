using System.Text.Json.Nodes;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Output;
using FunctionalStack.Demos;
using FunctionalStack.IO;
using FunctionalStack.Neural;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace FunctionalStack.Cli.Demos;

/// <summary>Prints the MNIST demo: the net of <see cref="MnistExperiment"/>, trained and compared with the published scores.</summary>
internal static class MnistDemo
{
    /// <summary>Runs the demo and prints its results.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="request">The backend.</param>
    /// <param name="images">A folder with the four IDX files, or the name of the data set.</param>
    /// <param name="epochs">The number of epochs.</param>
    /// <param name="seed">The random seed.</param>
    /// <param name="isDrawn">Whether to draw the figures.</param>
    public static Outcome<DemoResult> Run(Terminal terminal, BackendRequest request, string images, int epochs, long seed,
        bool isDrawn) =>
        from data in Data(images)
        let levels = ((Target.Classes)data.Train.Target).Levels
        let training = new NetTraining(ReferenceNetwork.For(data.Train.Inputs.Shape, levels.Count), data, new(epochs), seed)
        from answer in request.On(backend => Run(terminal, backend, training, data.Test!, isDrawn))
        select answer;

    /// <summary>The training and test images. Fails if there are no test images.</summary>
    /// <param name="images">A folder with the four IDX files, or the name of the data set.</param>
    public static Outcome<TrainingData> Data(string images) =>
        from read in ImageSource.Read(images)
        from test in read.Test is { } found
            ? Outcome.Ok(found) : Outcome.Fail<LabelledExamples>(images, "holds no test images", "Give the folder of all four MNIST files.")
        select new TrainingData(read.Train, Test: test);

    private static Outcome<DemoResult> Run(Terminal terminal, IBackend backend, NetTraining training, LabelledExamples test, bool isDrawn)
    {
        Begin(terminal, training, backend);
        return from result in training.Run(terminal, backend)
               let shown = Print(terminal, result)
               from page in isDrawn ? Page(backend, result, test) : Outcome.Ok(DemoPage.None)
               select new DemoResult(Answer(backend, result), page);
    }

    private static void Begin(Terminal terminal, NetTraining training, IBackend backend)
    {
        terminal.Print(
            $"mnist: {Tables.Whole(training.Data.Train.Count)} training digits, {Tables.Whole(training.Data.Test!.Count)} test digits; "
                + $"batch size {training.Options.Batch}, Adam with default parameters, on {backend.Id} ({backend.Name})");
        terminal.Print(Layers.Table(training.Network.Check().OrThrow()));
    }

    private static Done Print(Terminal terminal, NetResult result)
    {
        terminal.Print(Histories.Table(Histories.Json(result.TrainedNetwork.History, result.Speeds)));
        var table = new Table().Border(TableBorder.Rounded).AddColumn($"test images, after {result.TrainedNetwork.Epoch} epochs");
        foreach (var title in (string[])["published, after 10", "measured", "with population moments"])
            table.AddColumn(new TableColumn(title).RightAligned());
        NetScore?[] scores = [MnistExperiment.Published, result.Test, result.Population];
        table.AddRow(["loss", .. scores.Select(score => Tables.Fixed(score!.Loss))]);
        table.AddRow(["accuracy", .. scores.Select(score => $"{Tables.Fixed(100 * score!.Accuracy!.Value, 2)}%")]);
        terminal.Print(table);
        terminal.Print($"{result.Elapsed.TotalSeconds:F1} s");
        return default;
    }

    private static Outcome<DemoPage> Page(IBackend backend, NetResult result, LabelledExamples test) =>
        NetPredictions.Of(backend, result.TrainedNetwork.Network, result.TrainedNetwork.Variables, result.Asked.Levels, test.Inputs)
            .Map(predicted => NetFigures.Of("mnist", result.TrainedNetwork.History, "the net of the last epoch was kept", test, predicted,
                "test images"));

    private static JsonObject Answer(IBackend backend, NetResult result)
    {
        var answer = Histories.Answer(backend, result);
        answer["demo"] = "mnist";
        answer["published"] = Histories.Json(MnistExperiment.Published);
        return answer;
    }
}
