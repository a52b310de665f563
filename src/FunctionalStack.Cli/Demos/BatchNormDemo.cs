using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Output;
using FunctionalStack.Demos;
using FunctionalStack.IO;
using FunctionalStack.Neural;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace FunctionalStack.Cli.Demos;

/// <summary>Prints the batch-normalization demo: the measurements of <see cref="BatchNormExperiment"/>.</summary>
internal static class BatchNormDemo
{
    /// <summary>Runs the demo and prints its results.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="request">The backend.</param>
    /// <param name="threads">The number of parallel trainings on the host.</param>
    /// <param name="images">A folder of images or the name of a data set; null for the embedded digits.</param>
    /// <param name="epochs">The number of epochs of each training.</param>
    /// <param name="seed">The random seed.</param>
    /// <param name="isDrawn">Whether to draw the figures.</param>
    public static Outcome<DemoResult> Run(Terminal terminal, BackendRequest request, int threads, string? images, int epochs, Seed seed,
        bool isDrawn)
    {
        var watch = Stopwatch.StartNew();
        return from data in images is null ? BatchNormExperiment.Digits(seed) : Read(images)
               from found in request.On(backend => Outcome.Ok((
                   Result: BatchNormExperiment.Run(new(backend, threads), data.Train, data.Test, epochs, seed,
                       curve => terminal.Note($"{curve.Name}: {Ended(curve)}"), terminal.Cancellation),
                   Backend: backend.Id,
                   Device: backend.Name)))
               let shown = Print(terminal, data.Train, found.Result, epochs, watch.Elapsed)
               select new DemoResult(Answer(data.Train, found.Backend, found.Device, found.Result, watch.Elapsed),
                   isDrawn ? BatchNormFigures.Of(found.Result) : DemoPage.None);
    }

    private static Outcome<(LabelledExamples Train, LabelledExamples Test)> Read(string images) =>
        ImageSource.Read(images).Bind(read => read.Test is { } test
        ? Outcome.Ok((read.Train, test))
        : Outcome.Fail<(LabelledExamples, LabelledExamples)>(images, "holds no test images",
            "Give a folder with training and test images."));

    private static Done Print(Terminal terminal, LabelledExamples train, BatchNormResult result, int epochs, TimeSpan elapsed)
    {
        terminal.Print(
            $"batch normalization: {Tables.Whole(train.Count)} training images of {train.Inputs.Shape}, Adam, batch size 32, "
                + $"{epochs} epochs");
        terminal.Print("The reference net without and with BN: training loss and test accuracy of the last epoch:");
        terminal.Print(Curves(result.Curves));
        terminal.Print("");
        terminal.Print(
            "Inputs of the first sigmoid unit of the last hidden layer over the test images, by epoch (3 x 100 sigmoid units, SGD):");
        foreach (var drift in result.Drifts)
        {
            var (first, last) = (drift.Points[0], drift.Points[^1]);
            terminal.Print(
                $"  {(drift.Normalized ? "with BN:   " : "without BN:")} 15th to 85th percentile {Span(first)} after the first epoch, "
                    + $"{Span(last)} after the last; the median moves by {Tables.Fixed(drift.Movement, 3)} of that range per epoch; test "
                    + $"accuracy {Tables.Fixed(last.TestAccuracy)}");
        }

        terminal.Print("");
        terminal.Print(
            $"Kernel gradients of a net of {BatchNormGradients.Depth} layers at initialization: norm in the first layer, and its ratio to "
                + "the last layer:");
        foreach (var norms in result.Gradients)
            terminal.Print($"  {norms.Name,-20} {Tables.Fixed(norms.Norms[0])}  {Tables.Fixed(norms.Norms[0] / norms.Norms[^1])}");
        terminal.Print("");
        terminal.Print(
            "Relative differences after scaling the weights of a normalized layer by a (BN(aWx) = BN(Wx); d/dx unchanged; a d/d(aW) "
                + "= d/dW):");
        foreach (var invariance in result.Invariances)
            terminal.Print(
                $"  a = {invariance.Scale,-4} loss {invariance.Loss:0.0e+0}, gradients below {invariance.Inputs:0.0e+0}, of the weights "
                    + $"{invariance.Weights:0.0e+0}");
        terminal.Print($"{elapsed.TotalSeconds:F1} s");
        return default;
    }

    private static Table Curves(EquatableArray<Curve> curves)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("activation, rate");
        foreach (var title in (string[])["without BN", "with BN"]) table.AddColumn(new TableColumn(title).RightAligned());
        foreach (var pair in curves.GroupBy(curve => (curve.Activation, curve.Rate)))
        {
            table.AddRow([$"{pair.Key.Activation}, {pair.Key.Rate}", .. pair.OrderBy(curve => curve.Normalized).Select(Ended)]);
        }

        return table;
    }

    private static string Ended(Curve curve) => curve switch
    {
        { Epochs.Count: 0 } => "no epoch: the loss is not finite",
        { Epochs: [.., var last] } =>
            $"{Tables.Fixed(last.Training.Loss)}, "
                + $"{Tables.Fixed(last.Test!.Accuracy!.Value)}{(curve.Broke is null ? "" : $", diverged in epoch {last.Epoch + 1}")}",
    };

    private static string Span(DriftPoint point) => $"{Tables.Fixed(point.Low, 2)} to {Tables.Fixed(point.High, 2)}";

    private static JsonObject Answer(LabelledExamples train, string backend, string device, BatchNormResult result, TimeSpan elapsed)
    {
        return new()
        {
            ["demo"] = "batchnorm",
            ["images"] = train.Count,
            ["backend"] = backend,
            ["device"] = device,
            ["curves"] = Array(result.Curves, curve => new()
            {
                ["activation"] = curve.Activation,
                ["batchNorm"] = curve.Normalized,
                ["rate"] = curve.Rate,
                ["history"] = Histories.Json(curve.Epochs),
                ["broke"] = curve.Broke?.ToString(),
            }),
            ["drift"] = Array(result.Drifts, drift => new()
            {
                ["batchNorm"] = drift.Normalized,
                ["movement"] = Json.Number(drift.Movement),
                ["points"] = Array(drift.Points, point => new()
                {
                    ["step"] = point.Step,
                    ["p15"] = Json.Number(point.Low),
                    ["p50"] = Json.Number(point.Median),
                    ["p85"] = Json.Number(point.High),
                    ["testAccuracy"] = Json.Number(point.TestAccuracy),
                }),
            }),
            ["gradients"] =
                Array(result.Gradients,
                    norms =>
                    new()
                    {
                        ["activation"] = norms.Activation,
                        ["batchNorm"] = norms.Normalized,
                        ["norms"] = new JsonArray([.. norms.Norms.Select(norm => (JsonNode?)Json.Number(norm))])
                    }),
            ["invariance"] = Array(result.Invariances, invariance => new()
            {
                ["scale"] = invariance.Scale,
                ["loss"] = Json.Number(invariance.Loss),
                ["inputGradients"] = Json.Number(invariance.Inputs),
                ["weightGradients"] = Json.Number(invariance.Weights),
            }),
            ["seconds"] = Json.Number(Math.Round(elapsed.TotalSeconds, 3)),
        };
    }

    private static JsonArray Array<T>(EquatableArray<T> all, Func<T, JsonObject> one) => new([.. all.Select(item => (JsonNode?)one(item))]);
}
