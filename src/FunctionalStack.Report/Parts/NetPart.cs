using FunctionalStack.Neural;
using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>The training of a net, and its layers.</summary>
internal static class NetPart
{
    private const double LogFrom = 20;

    /// <summary>The number of parameters, including the moving averages of batch normalization, as Keras counts them.</summary>
    public static int TotalParameters(this NetworkPlan plan) => plan.ParameterCount + plan.MomentCount;

    /// <summary>The number of parameters of a layer, including the moving averages of batch normalization.</summary>
    public static int TotalParameters(this Node node) => node.Parameters.Concat(node.Moments).Sum(block => block.Length);

    /// <summary>Loss and accuracy of each epoch.</summary>
    /// <param name="history">The scores of each epoch.</param>
    /// <param name="kept">The epoch whose net was kept.</param>
    public static Section Training(EquatableArray<EpochRecord> history, int kept)
    {
        (string Name, Func<EpochRecord, NetScore?> Of)[] all =
            [("training", record => record.Training), ("validation", record => record.Validation), ("test", record => record.Test)];
        var shown = all.Index().Where(one => history.Any(record => one.Item.Of(record) is not null)).ToArray();
        if (history.Count == 0) return Section.Without("training", "Training", "No epoch was trained.");
        var last = history[^1];
        return new("training", "Training", Html.All(
            Html.Of("p", $"{Figures.Counted(history.Count, "epoch")}; the net of epoch {kept} was kept. The loss on training images fell "
                + $"from {Figures.Fixed(history[0].Training.Loss)} to {Figures.Fixed(last.Training.Loss)}."
                + (shown.Length == 1 ? " No images were held out, so how the net does on new ones is unknown." : "")),
            Html.Of("div",
                Curves("loss", "Loss", "Lower is better. A held-out loss that rises while that of training falls is overfitting.",
                    [.. shown.Select(one => (one.Index, one.Item.Name, Values(one.Item.Of, score => score.Loss)))]),
                Curves("accuracy", "Accuracy", "Higher is better.",
                    [.. shown.Select(one => (one.Index, one.Item.Name, Values(one.Item.Of, score => score.Accuracy ?? double.NaN)))]))
                .Class("cards")));

        double[] Values(Func<EpochRecord, NetScore?> of, Func<NetScore, double> number) =>
            [.. history.Select(record => of(record) is { } score ? number(score) : double.NaN)];
    }

    /// <summary>A line a layer.</summary>
    public static Section Layers(NetworkPlan plan) => new("layers", "Layers", Html.All(
        Html.Of("p", $"{Figures.Whole(plan.TotalParameters())} parameters, of which {Figures.Whole(plan.ParameterCount)} are learned by "
            + "gradients."),
        Grid.Of("The layers, from the image to the classes", ["layer", "output shape", "#parameters"],
            plan.Nodes.Select(node => (Html[])
            [
                node.Name, $"{node.Output}", node.TotalParameters() is var count and > 0 ? Figures.Whole(count) : "",
            ]).Prepend(["input", $"{plan.Network.Input}", ""]))));

    private static Html Curves(string id, string title, string see, (int Series, string Name, double[] Values)[] lines)
    {
        var all = lines.SelectMany(line => line.Values).Where(double.IsFinite).ToArray();
        if (all.Length == 0) return Html.Of("p", $"{title} is not defined.").Class("absent");
        var epochs = lines[0].Values.Length;
        var log = all.Min() > 0 && all.Max() > LogFrom * all.Min();
        var plane = Plane.Of((1, Math.Max(2, epochs)), log ? (all.Min() * 0.95, all.Max() * 1.05) : Ticks.Around(all.Min(), all.Max()),
            logY: log);
        plane = plane with { X = plane.X with { IsWhole = true } };
        var finding = string.Join(", ", lines.Select(line => (line.Name, Last: line.Values.LastOrDefault(double.IsFinite, double.NaN)))
            .Select(line => $"{line.Name} {Figures.Fixed(line.Last)}"));
        return new Chart(id, title, $"In the last epoch: {finding}. {see}", Chart.Narrow, 260, Html.All(
            plane.Axes("epoch", log ? $"{title.ToLowerInvariant()} (logarithmic)" : title.ToLowerInvariant()),
            Html.All(lines.Select(line => Html.All(
                Svg.Path(line.Values.Select((value, i) => plane.At(i + 1, value)), Chart.Series(line.Series)),
                epochs > 1 ? Html.None : Html.All(line.Values.Where(double.IsFinite).Select(value =>
                    Svg.Marker(plane.At(1, value).X, plane.At(1, value).Y, line.Series, $"m f{line.Series}"))))))))
        {
            Legend = EquatableArray.From(lines.Select(line => Chart.Entry(line.Series, line.Name))),
        }.Figure();
    }
}
