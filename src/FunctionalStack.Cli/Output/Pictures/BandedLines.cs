using ScottPlot;

namespace FunctionalStack.Cli.Output.Pictures;

/// <summary>Means of accuracies as lines, with a band of one standard deviation to each side, cut off at 1.</summary>
internal static class BandedLines
{
    private const int Width = 1400;
    private const int Height = 900;

    /// <summary>A PNG.</summary>
    /// <param name="title">What the picture shows.</param>
    /// <param name="x">The abscissa's label.</param>
    /// <param name="y">The ordinate's label.</param>
    /// <param name="places">Abscissas with what is written there.</param>
    /// <param name="logarithmic">Whether abscissas stand by their logarithms.</param>
    /// <param name="lines">Up to three.</param>
    public static byte[] Render(string title, string x, string y, EquatableArray<(int At, string Text)> places, bool logarithmic, params Line[] lines)
    {
        var plot = Picture.Plot(title, x, y);
        var xs = places.Select(place => logarithmic ? Math.Log2(place.At) : place.At).ToArray();
        var scores = lines.Select(line => line.Samples.Select(sample => new Score(line.Name, sample)).ToArray()).ToArray();
        for (var i = 0; i < lines.Length; i++)
        {
            var band = plot.Add.FillY(xs, [.. scores[i].Select(score => score.Mean - score.Std)], [.. scores[i].Select(score => Math.Min(1, score.Mean + score.Std))]);
            band.FillColor = Picture.Colors[i].WithAlpha(0.18);
            band.LineWidth = 0;
        }

        // Lines after all bands, so that none is dimmed.
        for (var i = 0; i < lines.Length; i++) plot.Line(xs.Zip(scores[i], (at, score) => (at, score.Mean)), i, lines[i].Name);

        plot.Axes.Title.Label.Text += $" (means and standard deviations of {lines[0].Samples[0].Count} splits)";
        plot.Axes.Bottom.SetTicks(xs, [.. places.Select(place => place.Text)]);
        plot.Axes.SetLimitsX(xs[0] - 0.03 * (xs[^1] - xs[0]), xs[^1] + 0.03 * (xs[^1] - xs[0]));
        plot.ShowLegend(Alignment.LowerRight);
        return plot.GetImageBytes(Width, Height, ImageFormat.Png);
    }

    /// <param name="Name">What the legend calls it.</param>
    /// <param name="Samples">For each abscissa the scores found there.</param>
    public sealed record Line(string Name, EquatableArray<EquatableArray<double>> Samples);
}
