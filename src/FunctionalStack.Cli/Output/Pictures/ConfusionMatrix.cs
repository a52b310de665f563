using ScottPlot;

namespace FunctionalStack.Cli.Output.Pictures;

/// <summary>How often each class was taken for which: rows are the truth, columns what was said.</summary>
internal static class ConfusionMatrix
{
    private const int Side = 1200;
    private const int MostCounts = 20;

    /// <summary>A PNG. Off the diagonal, the darker a cell the more of its row went there.</summary>
    public static byte[] Render(string title, Target.Classes truth, EquatableArray<int> predicted)
    {
        var k = truth.Levels.Count;
        var counts = new int[k, k];
        for (var row = 0; row < predicted.Count; row++) counts[truth.Codes[row], predicted[row]]++;
        var worst = Math.Max(1, Enumerable.Range(0, k * k).Where(i => i / k != i % k).Select(i => counts[i / k, i % k]).DefaultIfEmpty().Max());

        var plot = Picture.Plot(title, "said", "is");
        plot.HideGrid();
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                // The first class stands above.
                var (x, y, count) = (j, k - 1 - i, counts[i, j]);
                var cell = plot.Add.Rectangle(x - 0.5, x + 0.5, y - 0.5, y + 0.5);
                cell.LineColor = Color.FromHex("#E4E4E4");
                cell.FillColor = i == j ? Picture.Colors[0].WithAlpha(0.25) : Picture.Colors[1].WithAlpha(0.9 * count / worst);
                if (count == 0 || k > MostCounts) continue;
                var text = plot.Add.Text($"{count}", x, y);
                text.LabelFontSize = 17;
                text.LabelFontColor = Colors.Black;
                text.LabelAlignment = Alignment.MiddleCenter;
            }
        }

        double[] places = [.. Enumerable.Range(0, k).Select(code => (double)code)];
        plot.Axes.Bottom.SetTicks(places, [.. truth.Levels]);
        plot.Axes.Left.SetTicks(places, [.. truth.Levels.Reverse()]);
        plot.Axes.SetLimits(-0.6, k - 0.4, -0.6, k - 0.4);
        return plot.GetImageBytes(Side, Side, ImageFormat.Png);
    }
}
