using System.Globalization;
using ScottPlot;

namespace FunctionalStack.Demos.Pictures;

/// <summary>A heat map of pairwise correlations. Darker cells are higher correlations.</summary>
internal static class CorrelationMap
{
    private const int Side = 1500;
    private const int MostNumbers = 40;

    /// <summary>Renders the heat map as PNG.</summary>
    /// <param name="title">The title.</param>
    /// <param name="names">The labels of the rows and columns.</param>
    /// <param name="of">The correlation of a pair, from -1 to 1, or NaN.</param>
    public static byte[] Render(string title, IReadOnlyList<string> names, Func<int, int, double> of)
    {
        var n = names.Count;
        var pairs = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++) pairs[i, j] = pairs[j, i] = of(i, j);
        }

        var least = pairs.Cast<double>().Where(double.IsFinite).DefaultIfEmpty(0).Min();
        var plot = Picture.Plot(title, "", "");
        plot.HideGrid();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                // The first is the top row.
                var (x, y, pair) = (j, n - 1 - i, pairs[i, j]);
                var cell = plot.Add.Rectangle(x - 0.5, x + 0.5, y - 0.5, y + 0.5);
                cell.LineColor = Colors.White;
                cell.FillColor = double.IsFinite(pair)
                    ? Picture.Colors[0].WithAlpha(0.05 + 0.75 * (pair - least) / Math.Max(1 - least, 1e-9)) : Colors.White;
                if (n > MostNumbers || !double.IsFinite(pair)) continue;
                var text = plot.Add.Text((100 * pair).ToString("F0", CultureInfo.InvariantCulture), x, y);
                text.LabelFontSize = 12;
                text.LabelFontColor = Colors.Black;
                text.LabelAlignment = Alignment.MiddleCenter;
            }
        }

        double[] places = [.. Enumerable.Range(0, n).Select(i => (double)i)];
        plot.Axes.Bottom.SetTicks(places, [.. names]);
        plot.Axes.Left.SetTicks(places, [.. names.Reverse()]);
        plot.Axes.Bottom.TickLabelStyle.Rotation = -90;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleRight;
        plot.Axes.Bottom.TickLabelStyle.FontSize = 14;
        plot.Axes.Left.TickLabelStyle.FontSize = 14;
        plot.Axes.Bottom.MinimumSize = 190;
        plot.Axes.Left.MinimumSize = 190;
        plot.Axes.SetLimits(-0.6, n - 0.4, -0.6, n - 0.4);
        return plot.GetImageBytes(Side, Side, ImageFormat.Png);
    }
}
