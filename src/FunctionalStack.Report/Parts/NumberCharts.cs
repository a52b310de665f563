using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Curves;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>The residuals of a regression.</summary>
internal static class NumberCharts
{
    private const int MostDots = 600;
    private const int Shades = 6;

    public static Html Of(string id, string model, Target.Numeric actual, Prediction.Numeric predicted, string target)
    {
        var residuals = EquatableArray.From(actual.Values.Zip(predicted.Values, (value, prediction) => value - prediction));
        if (Quartiles.Of(residuals) is not { } spread) return Html.Of("p", "No prediction is a number.").Class("absent");
        var name = PlainText.Short(model, 40);
        return Html.Of("div",
            Pairs($"{id}-predicted", "Actual against predicted",
                $"{name}: points on the thin diagonal are predicted exactly. R2 is {Figures.Fixed(ValueMetrics.R2(actual, predicted), 3)}.",
                $"predicted {target}", $"actual {target}", predicted.Values, actual.Values, diagonal: true),
            Pairs($"{id}-residuals", "Residuals against predictions",
                $"{name}: half of the residuals are from {Figures.Few(spread.Lower)} to {Figures.Few(spread.Upper)}. A trend or a funnel "
                    + "shows what the model misses.",
                $"predicted {target}", "actual minus predicted", predicted.Values, residuals, diagonal: false),
            Distribution($"{id}-histogram", name, residuals, spread)).Class("cards");
    }

    private static Html Pairs(string id, string title, string finding, string x, string y, EquatableArray<double> across,
        EquatableArray<double> up, bool diagonal)
    {
        var points = across.Zip(up).Where(point => double.IsFinite(point.First) && double.IsFinite(point.Second)).ToArray();
        if (points.Length == 0) return Html.Of("p", "No prediction is a number.").Class("absent");
        var (h, v) = (Ticks.Around(points.Min(point => point.First), points.Max(point => point.First)),
            Ticks.Around(points.Min(point => point.Second), points.Max(point => point.Second)));
        var plane = Plane.Of(h, v);
        var (low, high) = (Math.Max(h.From, v.From), Math.Min(h.To, v.To));
        return new Chart(id, title, finding + (points.Length > MostDots
            ? $" Darker cells hold more of the {Figures.Whole(points.Length)} rows." : ""),
            Chart.Narrow, 260, Html.All(
                plane.Axes(x, y),
                points.Length > MostDots ? Cells(points, plane, h, v)
                    : Svg.Dots(points.Select(point => plane.At(point.First, point.Second)), "o c0"),
                diagonal
                    ? low < high ? Svg.Path([plane.At(low, low), plane.At(high, high)], "h") : Html.None
                    : v.From <= 0 && v.To >= 0 ? Svg.Path([plane.At(h.From, 0), plane.At(h.To, 0)], "h") : Html.None)).Figure();
    }

    // Many points are cells of a grid, in a few shades by the logarithm of their counts.
    private static Html Cells(IReadOnlyList<(double, double)> points, Plane plane, (double, double) h, (double, double) v)
    {
        var found = Density.Of(points, h, v);
        var most = Math.Log(found.Counts.Max() + 1);
        var (width, height) = ((plane.X.End - plane.X.Start) / found.Columns, (plane.Y.Start - plane.Y.End) / found.Rows);
        return Html.All(found.Counts.Index().Where(cell => cell.Item > 0)
            .GroupBy(cell => Math.Clamp((int)Math.Ceiling(Math.Log(cell.Item + 1) / most * Shades), 1, Shades)).OrderBy(shade => shade.Key)
            .Select(shade => Svg.Boxes(shade.Select(cell => (plane.X.Start + cell.Index % found.Columns * width,
                plane.Y.Start - (cell.Index / found.Columns + 1) * height, width, height)), $"z{shade.Key}")));
    }

    private static Html Distribution(string id, string name, EquatableArray<double> residuals, Quartiles spread)
    {
        if (Histogram.Of(residuals) is not { } found) return Html.None;
        var plane = Plane.Of((found.From, found.To), (0, Ticks.Around(0, found.Counts.Max()).To));
        return new Chart(id, "Histogram of the residuals",
            $"{name}: the median is {Figures.Few(spread.Median)}; the largest errors are {Figures.Few(spread.Least)} and "
                + $"{Figures.Few(spread.Most)}.",
            Chart.Narrow, 260, Html.All(
                plane.Axes("actual minus predicted", "rows"),
                Svg.Boxes(found.Counts.Index().Where(bin => bin.Item > 0).Select(bin => (
                    plane.X.At(found.From + bin.Index * found.Step) + 0.5, plane.Y.At(bin.Item),
                    Math.Max(0.5, plane.X.At(found.From + found.Step) - plane.X.At(found.From) - 1), plane.Y.At(0) - plane.Y.At(bin.Item))),
                    "b"),
                found.From < 0 && found.To > 0 ? Svg.Path([plane.At(0, plane.Y.From), plane.At(0, plane.Y.To)], "h") : Html.None)).Figure();
    }
}
