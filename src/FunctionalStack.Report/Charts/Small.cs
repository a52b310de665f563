using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Charts;

/// <summary>Small bars without axes, for a cell of a table.</summary>
internal static class Small
{
    private const double Width = 120;
    private const double Height = 26;

    /// <summary>One bar a number, as high as the number is large.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="finding">What to see.</param>
    /// <param name="heights">The numbers, at least 0.</param>
    public static Html Of(string title, string finding, IReadOnlyList<double> heights)
    {
        var (most, step) = (heights.DefaultIfEmpty(1).Max(), Width / Math.Max(1, heights.Count));
        var boxes = heights.Index().Where(one => one.Item > 0)
            .Select(one => (X: one.Index * step, High: Math.Max(1, one.Item / most * (Height - 1))))
            .Select(one => (one.X, Height - one.High, Math.Max(1, step - 1), one.High));
        return new Chart("", title, finding, Width, Height, Svg.Boxes(boxes, "b")).Picture();
    }
}
