using ScottPlot;

namespace FunctionalStack.Demos.Pictures;

/// <summary>A line plot with solid or dashed lines and a linear or logarithmic y axis.</summary>
internal static class LinePlot
{
    private const int Width = 1400;
    private const int Height = 900;
    private const double Least = 1e-30;

    /// <summary>Renders the plot as PNG.</summary>
    /// <param name="title">The title.</param>
    /// <param name="x">The label of the x axis.</param>
    /// <param name="y">The label of the y axis.</param>
    /// <param name="logarithmic">Whether the y axis is logarithmic.</param>
    /// <param name="legend">The position of the legend.</param>
    /// <param name="lines">The lines. Points that are not finite are left out.</param>
    public static byte[] Render(string title, string x, string y, bool logarithmic, Alignment legend, params Line[] lines)
    {
        var plot = Picture.Plot(title, x, y);
        foreach (var line in lines)
        {
            var drawn =
                plot.Line(line.Points.Select(point => (point.X, logarithmic ? Math.Log10(Math.Max(point.Y, Least)) : point.Y)), line.Color,
                    line.Name);
            drawn.LinePattern = line.Dashed ? LinePattern.Dashed : LinePattern.Solid;
        }

        // Vertical room for the legend.
        plot.Axes.Margins(vertical: 0.2);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        if (logarithmic)
            plot.Axes.Left.TickGenerator =
                new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true, LabelFormatter = power => $"1e{power:0}" };
        plot.ShowLegend(legend);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    /// <summary>One line.</summary>
    /// <param name="Name">The text in the legend.</param>
    /// <param name="Color">The index of one of the three colours.</param>
    /// <param name="Dashed">Whether the line is dashed.</param>
    /// <param name="Points">The points from left to right.</param>
    public sealed record Line(string Name, int Color, bool Dashed, EquatableArray<(double X, double Y)> Points);
}
