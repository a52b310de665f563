using ScottPlot;

namespace FunctionalStack.Demos.Pictures;

/// <summary>The loss and the accuracy of each epoch, in two panels.</summary>
internal static class TrainingCurves
{
    private const int Width = 1400;
    private const int Height = 1300;

    /// <summary>Renders the panels as PNG.</summary>
    /// <param name="title">The title.</param>
    /// <param name="lines">Up to three lines.</param>
    public static byte[] Render(string title, params Line[] lines)
    {
        var panels = new Multiplot();
        panels.Layout = new ScottPlot.MultiplotLayouts.Grid(2, 1);
        panels.Reset(Panel(title, "loss", [.. lines.Select(line => (line.Name, line.Loss))], Alignment.UpperRight));
        panels.AddPlot(Panel("", "accuracy", [.. lines.Select(line => (line.Name, line.Accuracy))], Alignment.LowerRight));
        return panels.Render(Width, Height).GetImageBytes();
    }

    private static Plot Panel(string title, string y, (string Name, EquatableArray<double> Numbers)[] lines, Alignment legend)
    {
        var plot = Picture.Plot(title, "epoch", y);
        var epochs = lines.Max(line => line.Numbers.Count);
        for (var i = 0; i < lines.Length; i++) plot.Line(lines[i].Numbers.Select((number, at) => (at + 1.0, number)), i, lines[i].Name);
        var step = Math.Max(1, (epochs + 9) / 10);
        var ticks = Enumerable.Range(1, epochs).Where(epoch => epoch == 1 || epoch % step == 0).ToArray();
        plot.Axes.Bottom.SetTicks([.. ticks.Select(tick => (double)tick)], [.. ticks.Select(tick => $"{tick}")]);
        plot.Axes.SetLimitsX(1 - 0.03 * epochs, epochs + 0.03 * epochs);
        plot.ShowLegend(legend);
        return plot;
    }

    /// <summary>One line in each panel.</summary>
    /// <param name="Name">The text in the legend.</param>
    /// <param name="Loss">The loss of each epoch; NaN if unknown.</param>
    /// <param name="Accuracy">The accuracy of each epoch; NaN if unknown.</param>
    public sealed record Line(string Name, EquatableArray<double> Loss, EquatableArray<double> Accuracy);
}
