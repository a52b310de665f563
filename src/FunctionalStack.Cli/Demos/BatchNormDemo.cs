using System.Diagnostics;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Images;
using FunctionalStack.Cli.Nets;
using FunctionalStack.Cli.Output;
using FunctionalStack.Demos;
using FunctionalStack.Neural;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace FunctionalStack.Cli.Demos;

/// <summary>Batch normalization's claims, measured and told.</summary>
internal static class BatchNormDemo
{
    /// <summary>Runs and tells; the JSON object's fields without <c>command</c>.</summary>
    /// <param name="terminal">Where to tell.</param>
    /// <param name="pool">Where to compute.</param>
    /// <param name="threads">Trainings at a time, on the host.</param>
    /// <param name="images">A folder of images or a data set's name; null for the embedded digits.</param>
    /// <param name="epochs">Of each training.</param>
    /// <param name="seed">Where all randomness comes from.</param>
    /// <param name="report">A folder to draw pictures into; null for none.</param>
    public static Outcome<JsonObject> Run(Terminal terminal, BackendRequest request, int threads, string? images, int epochs, Seed seed, string? report)
    {
        var watch = Stopwatch.StartNew();
        return from data in images is null ? BatchNormExperiment.Digits(seed) : Read(images)
               from found in request.On(backend => Outcome.Ok((
                   Result: BatchNormExperiment.Run(new(backend, threads), data.Train, data.Test, epochs, seed, curve => terminal.Note($"{curve.Name}: {Ended(curve)}"), terminal.Cancellation),
                   Backend: backend.Id,
                   Device: backend.Name)))
               let shown = Tell(terminal, data.Train, found.Result, epochs, watch.Elapsed)
               from pictures in report is null ? Outcome.Ok<EquatableArray<string>>(default) : BatchNormPictures.Draw(report, found.Result, terminal.Cancellation)
               select Answer(terminal, data.Train, found.Backend, found.Device, found.Result, pictures, watch.Elapsed);
    }

    private static Outcome<(LabelledExamples Train, LabelledExamples Test)> Read(string images) => ImageSource.Read(images).Bind(read => read.Test is { } test
        ? Outcome.Ok((read.Train, test))
        : Outcome.Fail<(LabelledExamples, LabelledExamples)>(images, "holds no test images", "Give a folder with test images beside those to train on."));

    private static Done Tell(Terminal terminal, LabelledExamples train, BatchNormResult result, int epochs, TimeSpan elapsed)
    {
        terminal.Say($"batch normalization: {Tables.Whole(train.Count)} images of {train.Inputs.Shape} to train on, Adam, batch 32, {epochs} epochs");
        terminal.Say("The reference net, without and with BN. Training loss of the last epoch, test accuracy after it:");
        terminal.Say(Curves(result.Curves));
        terminal.Say("");
        terminal.Say("What the first sigmoid of the last hidden layer is given on the test images, from epoch to epoch (3 x 100 sigmoids, SGD):");
        foreach (var drift in result.Drifts)
        {
            var (first, last) = (drift.Points[0], drift.Points[^1]);
            terminal.Say($"  {(drift.Normalized ? "with BN:   " : "without BN:")} 15th to 85th percentile {Span(first)} after the first, {Span(last)} after the last; the median moves {Tables.Fixed(drift.Movement, 3)} of that span an epoch; test accuracy {Tables.Fixed(last.TestAccuracy)}");
        }

        terminal.Say("");
        terminal.Say($"Kernel gradients of a fresh net of {BatchNormGradients.Depth} layers: norm in the first layer, and as a share of the last one's:");
        foreach (var norms in result.Gradients) terminal.Say($"  {norms.Name,-20} {Tables.Fixed(norms.Norms[0])}  {Tables.Fixed(norms.Norms[0] / norms.Norms[^1])}");
        terminal.Say("");
        terminal.Say("Scaling a normalized layer's weights by a, relative differences (BN(aWx) = BN(Wx); d/dx unchanged; a d/d(aW) = d/dW):");
        foreach (var invariance in result.Invariances) terminal.Say($"  a = {invariance.Scale,-4} loss {invariance.Loss:0.0e+0}, gradients below {invariance.Inputs:0.0e+0}, of the weights {invariance.Weights:0.0e+0}");
        terminal.Say($"{elapsed.TotalSeconds:F1} s");
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
        { Epochs.Count: 0 } => "no epoch: the loss stopped being a number",
        { Epochs: [.., var last] } => $"{Tables.Fixed(last.Training.Loss)}, {Tables.Fixed(last.Test!.Accuracy!.Value)}{(curve.Broke is null ? "" : $", broke in epoch {last.Epoch + 1}")}",
    };

    private static string Span(DriftPoint point) => $"{Tables.Fixed(point.Low, 2)} to {Tables.Fixed(point.High, 2)}";

    private static JsonObject Answer(Terminal terminal, LabelledExamples train, string backend, string device, BatchNormResult result, EquatableArray<string> pictures, TimeSpan elapsed)
    {
        foreach (var picture in pictures) terminal.Say(picture);
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
            ["gradients"] = Array(result.Gradients, norms => new() { ["activation"] = norms.Activation, ["batchNorm"] = norms.Normalized, ["norms"] = new JsonArray([.. norms.Norms.Select(norm => (JsonNode?)Json.Number(norm))]) }),
            ["invariance"] = Array(result.Invariances, invariance => new()
            {
                ["scale"] = invariance.Scale,
                ["loss"] = Json.Number(invariance.Loss),
                ["inputGradients"] = Json.Number(invariance.Inputs),
                ["weightGradients"] = Json.Number(invariance.Weights),
            }),
            ["pictures"] = Json.Strings(pictures),
            ["seconds"] = Json.Number(Math.Round(elapsed.TotalSeconds, 3)),
        };
    }

    private static JsonArray Array<T>(EquatableArray<T> all, Func<T, JsonObject> one) => new([.. all.Select(item => (JsonNode?)one(item))]);
}
