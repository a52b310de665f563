using FunctionalStack.Demos.Pictures;
using ScottPlot;

namespace FunctionalStack.Demos;

/// <summary>The pictures of the batch-normalization report. Solid lines are nets with batch normalization, dashed lines are nets without
/// it.</summary>
public static class BatchNormPictures
{
    /// <summary>Draws the pictures into <paramref name="folder"/>, which is created if absent. Returns the paths.</summary>
    public static Outcome<EquatableArray<string>> Draw(string folder, BatchNormResult result, CancellationToken cancellation)
    {
        var pictures = new List<(string Name, Func<byte[]> Render)>();
        foreach (var activation in result.Curves.GroupBy(curve => curve.Activation))
        {
            pictures.Add(($"{activation.Key.ToLowerInvariant()}-loss",
                () => Curves(activation, "training loss", true, Alignment.LowerLeft, record => record.Training.Loss)));
            pictures.Add(($"{activation.Key.ToLowerInvariant()}-accuracy",
                () => Curves(activation, "test accuracy", false, Alignment.LowerRight, record => record.Test!.Accuracy!.Value)));
        }

        foreach (var drift in result.Drifts) pictures.Add(($"drift-{(drift.Normalized ? "with" : "without")}", () => DriftOf(drift)));
        pictures.Add(("gradients", () => LinePlot.Render(
            "Kernel gradients of a net of 20 layers at initialization", "layer", "gradient norm", true, Alignment.LowerRight,
            [.. result.Gradients.Select((norms, i) =>
                new LinePlot.Line(norms.Normalized ? norms.Name : $"{norms.Name} (dashed)", i / 2, !norms.Normalized,
                    EquatableArray.From(norms.Norms.Select((norm, layer) => (layer + 1.0, norm)))))])));
        return PictureFile.Folder(folder)
            .Bind(_ =>
                Outcome.All(pictures.Select(picture =>
                    PictureFile.Save(Path.Combine(folder, $"batchnorm-{picture.Name}.png"), picture.Render(), cancellation))));
    }

    private static byte[] Curves(IGrouping<string, Curve> curves, string y, bool logarithmic, Alignment legend,
        Func<Neural.EpochRecord, double> number) => LinePlot.Render(
        $"The reference net with {curves.Key}: {y}", "epoch", y, logarithmic, legend,
        [.. curves.OrderByDescending(curve => curve.Normalized).Select(curve => new LinePlot.Line(
            $"{(curve.Normalized ? "with" : "without")} BN, rate {curve.Rate}{(curve.Normalized ? "" : " (dashed)")}",
            BatchNormCurves.Rates.ToList().IndexOf(curve.Rate),
            !curve.Normalized,
            EquatableArray.From(curve.Epochs.Select(record => ((double)record.Epoch, number(record))))))]);

    private static byte[] DriftOf(Drift drift)
    {
        return LinePlot.Render(
            $"Inputs of one sigmoid unit of the last hidden layer, {(drift.Normalized ? "with" : "without")} batch normalization", "step",
            "input to the sigmoid", false, Alignment.UpperLeft,
            Line("85th percentile", 1, point => point.High),
            Line("median", 0, point => point.Median),
            Line("15th percentile", 2, point => point.Low));

        LinePlot.Line Line(string name, int color, Func<DriftPoint, double> number) =>
            new(name, color, false, EquatableArray.From(drift.Points.Select(point => ((double)point.Step, number(point)))));
    }
}
