using ScottPlot;

namespace FunctionalStack.Demos.Pictures;

/// <summary>A confusion matrix. Rows are the actual classes, columns the predicted classes.</summary>
internal static class ConfusionMatrix
{
    private const int Side = 1200;
    private const int MostCounts = 20;

    /// <summary>Renders the matrix as PNG. Off the diagonal, darker cells have higher counts.</summary>
    public static byte[] Render(string title, Target.Classes actual, EquatableArray<int> predicted)
    {
        var k = actual.Levels.Count;
        var counts = new int[k, k];
        for (var row = 0; row < predicted.Count; row++) counts[actual.Codes[row], predicted[row]]++;
        var worst =
            Math.Max(1, Enumerable.Range(0, k * k).Where(i => i / k != i % k).Select(i => counts[i / k, i % k]).DefaultIfEmpty().Max());

        var plot = Picture.Plot(title, "predicted", "actual");
        plot.HideGrid();
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                // The first class is the top row.
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
        plot.Axes.Bottom.SetTicks(places, [.. actual.Levels]);
        plot.Axes.Left.SetTicks(places, [.. actual.Levels.Reverse()]);
        plot.Axes.SetLimits(-0.6, k - 0.4, -0.6, k - 0.4);
        return plot.GetImageBytes(Side, Side, ImageFormat.Png);
    }
}
