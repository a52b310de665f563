using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Output;
using FunctionalStack.Demos;
using FunctionalStack.Neural;
using Spectre.Console;

namespace FunctionalStack.Cli.Demos;

/// <summary>Prints the results of <see cref="MnistStackExperiment"/>: the test scores of each snapshot and of the stack.</summary>
internal static class MnistStackDemo
{
    /// <summary>Runs the experiment and prints its results.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="request">The backend.</param>
    /// <param name="images">A folder with the four IDX files, or the name of the data set.</param>
    /// <param name="epochs">The number of epochs of all cycles together.</param>
    /// <param name="seed">The random seed.</param>
    /// <param name="isDrawn">Whether to draw the figures.</param>
    public static Outcome<DemoResult> Run(Terminal terminal, BackendRequest request, string images, int epochs, long seed,
        bool isDrawn)
    {
        var watch = Stopwatch.StartNew();
        return from data in MnistDemo.Data(images)
               from answer in request.On(backend =>
               {
                   Begin(terminal, backend, data, epochs);
                   return from stack in MnistStackExperiment.Run(terminal, backend, data.Train, data.Test!, epochs, Seed.Of(seed),
                              end => terminal.Note(Histories.Line(end, epochs)))
                          let shown = Print(terminal, stack, watch.Elapsed)
                          select new DemoResult(Answer(backend, data, stack, watch.Elapsed), !isDrawn ? DemoPage.None
                              : NetFigures.Of("mnist-stack", stack.History, "the nets at the end of each cycle were stacked", data.Test!,
                                  stack.Predicted, "test images"));
               })
               select answer;
    }

    private static void Begin(Terminal terminal, IBackend backend, TrainingData data, int epochs)
    {
        var ranges = MnistStackExperiment.Augmentation;
        terminal.Print(
            $"mnist: {Tables.Whole(data.Train.Count)} training digits, {Tables.Whole(data.Test!.Count)} test digits; {epochs} epochs in "
                + $"{MnistStackExperiment.Cycles} cycles, batch size {MnistStackExperiment.Options(epochs).Batch}, Adam; images shifted by "
                + $"up to {ranges.Shift} pixels, rotated by up to {ranges.Rotation} degrees and zoomed by up to {100 * ranges.Zoom}%; on "
                + $"{backend.Id} ({backend.Name})");
    }

    private static Done Print(Terminal terminal, MnistStack stack, TimeSpan elapsed)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("test images");
        foreach (var title in (string[])["loss", "accuracy"]) table.AddColumn(new TableColumn(title).RightAligned());
        foreach (var (name, score) in Rows(stack))
            table.AddRow(name, Tables.Fixed(score.Loss), $"{Tables.Fixed(100 * score.Accuracy!.Value, 2)}%");
        terminal.Print(table);
        terminal.Print($"{elapsed.TotalSeconds:F1} s");
        return default;
    }

    private static IEnumerable<(string Name, NetScore Score)> Rows(MnistStack stack) =>
    [
        ("published, one net", MnistExperiment.Published),
        .. stack.Snapshots.Select((score, i) => ($"snapshot {i + 1}, after epoch {EpochOf(stack, i)}", score)),
        ($"stack, mean of {stack.Snapshots.Count}", stack.Stacked),
    ];

    private static int EpochOf(MnistStack stack, int snapshot) => stack.History.Count / stack.Snapshots.Count * (snapshot + 1);

    private static JsonObject Answer(IBackend backend, TrainingData data, MnistStack stack, TimeSpan elapsed)
    {
        var ranges = MnistStackExperiment.Augmentation;
        return new()
        {
            ["demo"] = "mnist",
            ["backend"] = backend.Id,
            ["device"] = backend.Name,
            ["images"] = data.Train.Count,
            ["published"] = Histories.Json(MnistExperiment.Published),
            ["augmentation"] = new JsonObject { ["shift"] = ranges.Shift, ["rotation"] = ranges.Rotation, ["zoom"] = ranges.Zoom },
            ["history"] = Histories.Json(stack.History),
            ["snapshots"] = new JsonArray([.. stack.Snapshots.Select((score, i) =>
            {
                var snapshot = Histories.Json(score)!;
                snapshot.Insert(0, "epoch", EpochOf(stack, i));
                return (JsonNode?)snapshot;
            })]),
            ["test"] = Histories.Json(stack.Stacked),
            ["seconds"] = Json.Number(Math.Round(elapsed.TotalSeconds, 3)),
        };
    }
}
