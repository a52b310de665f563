using System.Globalization;
using System.Text;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Charts;

/// <summary>Elements of SVG. Positions have one decimal, so that pages are small.</summary>
internal static class Svg
{
    /// <summary>A number as text.</summary>
    public static string N(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture) is "-0" ? "0"
        : Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>A straight line.</summary>
    public static Html Line(double x1, double y1, double x2, double y2, string style) => Html.Of("path")
        .Class(style).With("d", $"M{N(x1)} {N(y1)}L{N(x2)} {N(y2)}");

    /// <summary>A line through points. Points that are not numbers interrupt it.</summary>
    public static Html Path(IEnumerable<(double X, double Y)> points, string style) => Html.Of("path").Class(style).With("d", Data(points));

    /// <summary>Dots at points, in one element: strokes of no length with round ends.</summary>
    public static Html Dots(IEnumerable<(double X, double Y)> points, string style)
    {
        var data = new StringBuilder();
        foreach (var (x, y) in points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y)))
            data.Append('M').Append(N(x)).Append(' ').Append(N(y)).Append("h0");
        return Html.Of("path").Class(style).With("d", data.ToString());
    }

    /// <summary>A rectangle.</summary>
    public static Html Box(double x, double y, double width, double height, string style) => Html.Of("rect").Class(style)
        .With("x", N(x)).With("y", N(y)).With("width", N(Math.Max(0, width))).With("height", N(Math.Max(0, height)));

    /// <summary>Rectangles in one element.</summary>
    public static Html Boxes(IEnumerable<(double X, double Y, double Width, double Height)> boxes, string style) =>
        Html.Of("path").Class(style).With("d", string.Concat(boxes.Select(box =>
            $"M{N(box.X)} {N(box.Y)}h{N(box.Width)}v{N(box.Height)}h{N(-box.Width)}z")));

    /// <summary>A line of text.</summary>
    public static Html Text(double x, double y, string text, string style) =>
        Html.Of("text", text).Class(style).With("x", N(x)).With("y", N(y));

    /// <summary>A line of text of limited width. What does not fit is left out, and the whole text is its title.</summary>
    public static Html Fitted(double x, double y, string text, string style, double width)
    {
        var shown = PlainText.Short(text, Math.Max(2, (int)(width / Letter)));
        return shown == text ? Text(x, y, text, style)
            : Html.Of("text", Html.Of("title", PlainText.Short(text, 400)), shown).Class(style).With("x", N(x)).With("y", N(y));
    }

    /// <summary>A marker of one of six forms, so that series differ without colours.</summary>
    public static Html Marker(double x, double y, int form, string style) => Markers([(x, y)], form, style);

    /// <summary>Markers of one form, in one element.</summary>
    public static Html Markers(IEnumerable<(double X, double Y)> points, int form, string style) =>
        Html.Of("path").Class(style).With("d", string.Concat(points.Select(point => Form(point.X, point.Y, form))));

    /// <summary>An area with the points as its corners.</summary>
    public static Html Area(IEnumerable<(double X, double Y)> corners, string style) =>
        Html.Of("path").Class(style).With("d", Data(corners) + "z");

    /// <summary>The mean width of a letter of the labels, in the unit of positions.</summary>
    public const double Letter = 6.3;

    private static string Form(double x, double y, int form) => (form % 6) switch
    {
        0 => $"M{N(x - 4)} {N(y)}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
        1 => $"M{N(x - 3.5)} {N(y - 3.5)}h7v7h-7z",
        2 => $"M{N(x)} {N(y - 4.5)}l4.5 8h-9z",
        3 => $"M{N(x)} {N(y - 5)}l5 5l-5 5l-5 -5z",
        4 => $"M{N(x)} {N(y + 4.5)}l4.5 -8h-9z",
        _ => $"M{N(x - 4)} {N(y - 1.5)}h2.5v-2.5h3v2.5h2.5v3h-2.5v2.5h-3v-2.5h-2.5z",
    };

    private static string Data(IEnumerable<(double X, double Y)> points)
    {
        var data = new StringBuilder();
        var start = true;
        foreach (var (x, y) in points)
        {
            if (!double.IsFinite(x) || !double.IsFinite(y))
            {
                start = true;
                continue;
            }

            data.Append(start ? 'M' : 'L').Append(N(x)).Append(' ').Append(N(y));
            start = false;
        }

        return data.ToString();
    }
}
