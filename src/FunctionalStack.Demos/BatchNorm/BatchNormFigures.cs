using FunctionalStack.Neural;
using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Demos;

/// <summary>The figures of the batch-normalization report. Solid lines are nets with batch normalization, dashed lines are nets without
/// it.</summary>
internal static class BatchNormFigures
{
    private const string Key = "Solid lines have batch normalization, dashed lines have none.";

    /// <summary>The page.</summary>
    public static DemoPage Of(BatchNormResult result)
    {
        Chart[] curves = [.. result.Curves.GroupBy(curve => curve.Activation).SelectMany(activation => (Chart?[])
            [
                Curves(activation, "training loss", new("training loss", IsLog: true), record => record.Training.Loss,
                    last => last.Min(), "lowest"),
                Curves(activation, "test accuracy", new("test accuracy"), record => record.Test!.Accuracy!.Value,
                    last => last.Max(), "highest"),
            ]).OfType<Chart>()];
        Chart[] drifts = [.. result.Drifts.Where(drift => drift.Points.Count > 0).Select(DriftOf)];
        var gradients = Gradients(result.Gradients);
        return new(
            [
                DemoPage.Section("curves", "Training curves", "The same net, data and seed, with and without batch normalization.", curves),
                DemoPage.Section("drift", "Inputs of a hidden unit", "Figure 1 (b) and (c) of Ioffe and Szegedy (2015): the inputs of one "
                    + "sigmoid of the last hidden layer, over the test images.", drifts),
                DemoPage.Section("gradients", "Gradients at initialization", "Whether the first of 20 layers gets a gradient.",
                    [gradients]),
                new("invariance", "Scale of the weights", Html.All(
                    Html.Of("p", "The weights of a normalized layer times a change nothing but their own gradient, up to rounding.")
                        .Class("lead"),
                    Grid.Of("Relative differences", ["a", "#loss", "#gradients below", "#a times the gradients of the weights"],
                        result.Invariances.Select(one => (Html[])
                        [
                            Figures.Few(one.Scale), Figures.Few(one.Loss), Figures.Few(one.Inputs), Figures.Few(one.Weights),
                        ])))),
            ],
            [.. curves, .. drifts, gradients]);
    }

    private static Chart? Curves(IGrouping<string, Curve> curves, string what, Axis y, Func<EpochRecord, double> number,
        Func<IEnumerable<double>, double> best, string word)
    {
        Line[] lines = [.. curves.OrderByDescending(curve => curve.Normalized).Select(curve => new Line(
            $"{(curve.Normalized ? "BN" : "no BN")}, rate {Figures.Few(curve.Rate)}", BatchNormCurves.Rates.ToList().IndexOf(curve.Rate),
            EquatableArray.From(curve.Epochs.Select(record => ((double)record.Epoch, number(record)))))
        {
            Dashes = curve.Normalized ? 0 : 1,
        })];
        if (!lines.Any(line => line.Points.Any(point => double.IsFinite(point.Y)))) return null;
        return Lines.Of($"batchnorm-{curves.Key.ToLowerInvariant()}-{what.Replace(' ', '-')}", $"{curves.Key}: {what}",
            $"The {word} in the last epoch is {Best(normalized: true)} with batch normalization and {Best(normalized: false)} without, "
                + $"over three learning rates. {Key}",
            new("epoch", IsWhole: true), y, lines);

        string Best(bool normalized)
        {
            var last = curves.Where(curve => curve.Normalized == normalized && curve.Epochs.Count > 0)
                .Select(curve => number(curve.Epochs[^1])).Where(double.IsFinite).ToArray();
            return last.Length == 0 ? "not a number" : Figures.Fixed(best(last), 3);
        }
    }

    private static Chart DriftOf(Drift drift)
    {
        var how = drift.Normalized ? "with" : "without";
        return Lines.Of($"batchnorm-drift-{how}", $"Inputs {how} batch normalization",
            double.IsNaN(drift.Movement) ? "The line is the median; the band goes from the 15th to the 85th percentile."
                : $"The median moves by {Figures.Fixed(drift.Movement, 3)} of the width of the band per epoch. The band goes from the 15th "
                    + "to the 85th percentile.",
            new("step", IsWhole: true), new("input to the sigmoid"),
            [
                new("median", drift.Normalized ? 0 : 1,
                    EquatableArray.From(drift.Points.Select(point => ((double)point.Step, point.Median))))
                {
                    Dashes = drift.Normalized ? 0 : 1,
                    Band = EquatableArray.From(drift.Points.Select(point => (point.Low, point.High))),
                },
            ]);
    }

    private static Chart Gradients(EquatableArray<GradientNorms> all)
    {
        var vanishing = all.MinBy(one => one.Norms[0] / one.Norms[^1])!;
        return Lines.Of("batchnorm-gradients", $"Kernel gradients of {BatchNormGradients.Depth} layers",
            $"In the first layer of the net with {vanishing.Name} the gradient is {Figures.Few(vanishing.Norms[0] / vanishing.Norms[^1])} "
                + $"times that of the last layer: it does not learn. {Key}",
            new("layer", IsWhole: true), new("gradient norm", IsLog: true),
            [.. all.Select((norms, i) => new Line(norms.Name, i / 2,
                EquatableArray.From(norms.Norms.Select((norm, layer) => (layer + 1.0, norm)))) { Dashes = norms.Normalized ? 0 : 1 })]);
    }
}
