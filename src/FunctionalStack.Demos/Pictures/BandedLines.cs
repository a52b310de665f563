using ScottPlot;

namespace FunctionalStack.Demos.Pictures;

/// <summary>A plot of mean accuracies with bands of one standard deviation, clipped at 1.</summary>
internal static class BandedLines
{
    private const int Width = 1400;
    private const int Height = 900;

    /// <summary>Renders the plot as PNG.</summary>
    /// <param name="title">The title.</param>
    /// <param name="x">The label of the x axis.</param>
    /// <param name="y">The label of the y axis.</param>
    /// <param name="places">The x values and their tick labels.</param>
    /// <param name="logarithmic">Whether the x axis is logarithmic.</param>
    /// <param name="lines">Up to three lines.</param>
    public static byte[] Render(string title, string x, string y, EquatableArray<(int At, string Text)> places, bool logarithmic,
        params Line[] lines)
    {
        var plot = Picture.Plot(title, x, y);
        var xs = places.Select(place => logarithmic ? Math.Log2(place.At) : place.At).ToArray();
        var scores = lines.Select(line => line.Samples.Select(sample => new Score(line.Name, sample)).ToArray()).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            var band =
                plot.Add.FillY(xs, [.. scores[i].Select(score => score.Mean - score.Std)],
                    [.. scores[i].Select(score => Math.Min(1, score.Mean + score.Std))]);
            band.FillColor = Picture.Colors[i].WithAlpha(0.18);
            band.LineWidth = 0;
        }

        // Lines are drawn after all bands, so that no band covers them.
        for (var i = 0; i < lines.Length; i++) plot.Line(xs.Zip(scores[i], (at, score) => (at, score.Mean)), i, lines[i].Name);

        plot.Axes.Title.Label.Text += $" (means and standard deviations of {lines[0].Samples[0].Count} splits)";
        plot.Axes.Bottom.SetTicks(xs, [.. places.Select(place => place.Text)]);
        plot.Axes.SetLimitsX(xs[0] - 0.03 * (xs[^1] - xs[0]), xs[^1] + 0.03 * (xs[^1] - xs[0]));
        plot.ShowLegend(Alignment.LowerRight);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    /// <summary>One line.</summary>
    /// <param name="Name">The text in the legend.</param>
    /// <param name="Samples">The scores for each x value.</param>
    public sealed record Line(string Name, EquatableArray<EquatableArray<double>> Samples);
}
