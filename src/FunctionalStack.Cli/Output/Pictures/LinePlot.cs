using ScottPlot;

namespace FunctionalStack.Cli.Output.Pictures;

/// <summary>Lines over numbers, solid or dashed, by their values or their powers of ten.</summary>
internal static class LinePlot
{
    private const int Width = 1400;
    private const int Height = 900;
    private const double Least = 1e-30;

    /// <summary>A PNG.</summary>
    /// <param name="title">What the picture shows.</param>
    /// <param name="x">The abscissa's label.</param>
    /// <param name="y">The ordinate's label.</param>
    /// <param name="logarithmic">Whether ordinates stand by their decimal logarithms.</param>
    /// <param name="legend">Where the legend is least in the way.</param>
    /// <param name="lines">Points that are no numbers are left out.</param>
    public static byte[] Render(string title, string x, string y, bool logarithmic, Alignment legend, params Line[] lines)
    {
        var plot = Picture.Plot(title, x, y);
        foreach (var line in lines)
        {
            var drawn = plot.Line(line.Points.Select(point => (point.X, logarithmic ? Math.Log10(Math.Max(point.Y, Least)) : point.Y)), line.Color, line.Name);
            drawn.LinePattern = line.Dashed ? LinePattern.Dashed : LinePattern.Solid;
        }

        // Room for the legend above and below the lines.
        plot.Axes.Margins(vertical: 0.2);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        if (logarithmic) plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true, LabelFormatter = power => $"1e{power:0}" };
        plot.ShowLegend(legend);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    /// <param name="Name">What the legend calls it.</param>
    /// <param name="Color">Which of the three.</param>
    /// <param name="Dashed">Or solid.</param>
    /// <param name="Points">From left to right.</param>
    public sealed record Line(string Name, int Color, bool Dashed, EquatableArray<(double X, double Y)> Points);
}
