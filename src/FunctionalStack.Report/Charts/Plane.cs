using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Charts;

/// <summary>The area of a chart between its axes.</summary>
/// <param name="X">The horizontal scale.</param>
/// <param name="Y">The vertical scale; positions grow downwards.</param>
internal sealed record Plane(AxisScale X, AxisScale Y)
{
    private const double Name = 20;
    private const double Gap = 6;
    private const int AcrossTicks = 5;
    private const int UpTicks = 5;
    private const double Top = 10;
    private const double Bottom = 40;

    /// <summary>An area within a chart of this size, with room for the texts of the ticks.</summary>
    public static Plane Of((double From, double To) x, (double From, double To) y, double width = Chart.Narrow, double height = 260,
        bool logX = false, bool logY = false)
    {
        var (across, up) = (new AxisScale(x.From, x.To, 0, 1, logX), new AxisScale(y.From, y.To, height - Bottom, Top, logY));
        var left = Name + Gap + Widest(up.Ticks(UpTicks));
        return new(across with { Start = left, End = width - Math.Max(Gap, Widest(across.Ticks(AcrossTicks)) / 2) }, up);
    }

    private static double Widest(Ticks ticks) => ticks.Values.Max(value => ticks.Text(value).Length) * Svg.Letter;

    /// <summary>The position of a point.</summary>
    public (double X, double Y) At(double x, double y) => (X.At(x), Y.At(y));

    /// <summary>Both axes with their names, and lines at the ticks.</summary>
    /// <param name="x">The name of the horizontal axis, with its unit.</param>
    /// <param name="y">The name of the vertical axis, with its unit.</param>
    /// <param name="text">The text of the horizontal ticks; null for numbers.</param>
    public Html Axes(string x, string y, Func<double, string>? text = null)
    {
        var (across, up) = (X.Ticks(text is null ? AcrossTicks : 3), Y.Ticks(UpTicks));
        var (left, right, top, bottom) = (X.Start, X.End, Y.End, Y.Start);
        // Every second text if they would touch.
        var every = across.Values.Count > 1 && X.At(across.Values[1]) - X.At(across.Values[0]) < Widest(across) + Gap ? 2 : 1;
        return Html.All(
            Html.All(up.Values.Select(value => Html.All(
                Svg.Line(left, Y.At(value), right, Y.At(value), "g"),
                Svg.Text(left - 6, Y.At(value) + 3.5, up.Text(value), "t e")))),
            Html.All(across.Values.Select((value, i) => Html.All(
                Svg.Line(X.At(value), top, X.At(value), bottom, "g"),
                i % every > 0 ? Html.None : Svg.Text(X.At(value), bottom + 15, text is null ? across.Text(value) : text(value), "t m0")))),
            Svg.Line(left, bottom, right, bottom, "a"),
            Svg.Fitted((left + right) / 2, bottom + 32, x, "t n m0", right - left + 20),
            Svg.Fitted(0, 0, y, "t n m0", bottom - top + 30)
                .With("transform", $"translate(11 {Svg.N((top + bottom) / 2)}) rotate(-90)"));
    }
}
