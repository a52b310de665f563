using ScottPlot;

namespace FunctionalStack.Cli.Output.Pictures;

/// <summary>Loss above accuracy, epoch by epoch.</summary>
internal static class TrainingCurves
{
    private const int Width = 1400;
    private const int Height = 1300;

    /// <summary>A PNG of two panels. A point an epoch; NaN where there is none.</summary>
    /// <param name="title">What the picture shows.</param>
    /// <param name="lines">Up to three.</param>
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

    /// <param name="Name">What the legend calls it.</param>
    /// <param name="Loss">One number an epoch.</param>
    /// <param name="Accuracy">Likewise.</param>
    public sealed record Line(string Name, EquatableArray<double> Loss, EquatableArray<double> Accuracy);
}
