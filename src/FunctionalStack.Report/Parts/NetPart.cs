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
    /// <param name="about">What the curves are, as the second half of a sentence.</param>
    public static Section Training(EquatableArray<EpochRecord> history, string about)
    {
        if (history.Count == 0) return Section.Without("training", "Training", "No epoch was trained.");
        var drawn = Curves(history);
        return new("training", "Training", Html.All(
            Html.Of("p", $"{Figures.Counted(history.Count, "epoch")}; {about}. The loss on training images fell from "
                + $"{Figures.Fixed(history[0].Training.Loss)} to {Figures.Fixed(history[^1].Training.Loss)}."
                + (history.Any(record => record.Validation is not null || record.Test is not null) ? ""
                    : " No images were held out, so how the net does on new ones is unknown.")),
            Html.Of("div", drawn.Select(chart => chart.Figure())).Class("cards"),
            drawn.Count == 2 ? Html.None : Html.Of("p", "A curve without a number is not drawn.").Class("absent")));
    }

    /// <summary>The charts of loss and accuracy. One without a number is left out.</summary>
    public static EquatableArray<Chart> Curves(EquatableArray<EpochRecord> history) =>
    [
        .. Drawn("loss", "Loss", "Lower is better. A held-out loss that rises while that of training falls is overfitting.", history,
            score => score.Loss),
        .. Drawn("accuracy", "Accuracy", "Higher is better.", history, score => score.Accuracy ?? double.NaN),
    ];

    /// <summary>A line a layer.</summary>
    public static Section Layers(NetworkPlan plan) => new("layers", "Layers", Html.All(
        Html.Of("p", $"{Figures.Whole(plan.TotalParameters())} parameters, of which {Figures.Whole(plan.ParameterCount)} are learned by "
            + "gradients."),
        Grid.Of("The layers, from the image to the classes", ["layer", "output shape", "#parameters"],
            plan.Nodes.Select(node => (Html[])
            [
                node.Name, $"{node.Output}", node.TotalParameters() is var count and > 0 ? Figures.Whole(count) : "",
            ]).Prepend(["input", $"{plan.Network.Input}", ""]))));

    private static IEnumerable<Chart> Drawn(string id, string title, string see, EquatableArray<EpochRecord> history,
        Func<NetScore, double> number)
    {
        (string Name, Func<EpochRecord, NetScore?> Of)[] all =
            [("training", record => record.Training), ("validation", record => record.Validation), ("test", record => record.Test)];
        Line[] lines = [.. all.Select((one, i) => new Line(one.Name, i, EquatableArray.From(history.Select(record =>
            ((double)record.Epoch, one.Of(record) is { } score ? number(score) : double.NaN)))))
            .Where(line => line.Points.Any(point => double.IsFinite(point.Y)))];
        if (lines.Length == 0) yield break;
        var values = lines.SelectMany(line => line.Points).Select(point => point.Y).Where(double.IsFinite).ToArray();
        var finding = string.Join(", ", lines.Select(line => $"{line.Name} {Figures.Fixed(line.Points[^1].Y)}"));
        yield return Lines.Of(id, title, $"In the last epoch: {finding}. {see}", new("epoch", IsWhole: true),
            new(title.ToLowerInvariant(), IsLog: values.Min() > 0 && values.Max() > LogFrom * values.Min()), lines);
    }
}
