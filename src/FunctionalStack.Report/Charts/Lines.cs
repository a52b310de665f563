using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Charts;

/// <summary>Lines over common axes, with a legend.</summary>
internal static class Lines
{
    private const double Height = 260;

    /// <summary>A chart of lines. Its axes fit the finite points.</summary>
    /// <param name="id">The anchor.</param>
    /// <param name="title">What is shown.</param>
    /// <param name="finding">What to see.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="lines">The lines; at least one has a finite point.</param>
    public static Chart Of(string id, string title, string finding, Axis x, Axis y, IReadOnlyList<Line> lines)
    {
        var points = lines.SelectMany(line => line.Points).Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)
            && (!y.IsLog || point.Y > 0)).ToArray();
        double[] up =
        [
            .. points.Select(point => point.Y), .. lines.SelectMany(line => line.Band).SelectMany(one => (double[])[one.Low, one.High]),
        ];
        var (first, last) = (points.Min(point => point.X), points.Max(point => point.X));
        var plane = Plane.Of((first, last > first ? last : first + 1), y.Around(up.Min(), up.Max()), Chart.Narrow, Height, x.IsLog,
            y.IsLog);
        plane = plane with { X = plane.X with { IsWhole = x.IsWhole } };
        var (legend, high) = Legend.Below(Height, Chart.Narrow, lines.Count == 1 ? [] : [.. lines.Select(line =>
            ((Func<double, double, Html>)((left, middle) => Sign(line, left, middle)), line.Name))]);
        return new(id, title, finding, Chart.Narrow, Height + high, Html.All(
            plane.Axes(x.Text, y.Text),
            // Bands first, so that no band covers a line.
            Html.All(lines.Select(line => Band(line, plane))),
            Html.All(lines.Select(line => One(line, plane, y))),
            legend));
    }

    private static string Style(Line line) => $"l c{line.Colour % Chart.Colours} d{line.Dashes % Chart.Patterns}";

    private static Html Sign(Line line, double left, double middle) => Html.All(
        Svg.Line(left, middle, left + 28, middle, Style(line)),
        line.IsMarked ? Svg.Marker(left + 14, middle, line.Colour, $"m f{line.Colour}") : Html.None);

    private static Html Band(Line line, Plane plane) => line.Band.Count == 0 ? Html.None
        : Svg.Area(
        [
            .. line.Points.Zip(line.Band, (point, band) => plane.At(point.X, band.High)),
            .. line.Points.Zip(line.Band, (point, band) => plane.At(point.X, band.Low)).Reverse(),
        ], $"f{line.Colour} v1");

    private static Html One(Line line, Plane plane, Axis y)
    {
        var shown = line.Points.Select(point => !y.IsLog || point.Y > 0 ? plane.At(point.X, point.Y) : (double.NaN, double.NaN)).ToArray();
        var finite = shown.Where(point => double.IsFinite(point.Item1) && double.IsFinite(point.Item2)).ToArray();
        return finite.Length == 0 ? Html.None : Html.All(
            finite.Length > 1 ? Svg.Path(shown, Style(line)) : Html.None,
            line.IsMarked || finite.Length == 1 ? Svg.Markers(finite, line.Colour, $"m f{line.Colour}") : Html.None);
    }
}
