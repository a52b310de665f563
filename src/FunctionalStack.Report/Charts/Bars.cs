using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Charts;

/// <summary>Horizontal bars with names at the left and numbers at the right.</summary>
internal static class Bars
{
    private const double Row = 22;
    private const double MostNames = 130;
    private const double Foot = 40;

    /// <summary>A chart of bars from 0, the first at the top.</summary>
    /// <param name="id">The anchor.</param>
    /// <param name="title">What is shown.</param>
    /// <param name="finding">What to see.</param>
    /// <param name="axis">The name of the axis, with its unit.</param>
    /// <param name="bars">The bars: name, length, half the length of the whisker or NaN for none, and the number as text.</param>
    public static Chart Of(string id, string title, string finding, string axis,
        IReadOnlyList<(string Name, double Value, double Spread, string Text)> bars)
    {
        var ends = bars.SelectMany(bar => double.IsNaN(bar.Spread) ? [bar.Value] : (double[])[bar.Value - bar.Spread,
            bar.Value + bar.Spread])
            .Append(0).ToArray();
        var names = Math.Min(MostNames, bars.Max(bar => bar.Name.Length) * Svg.Letter + 4);
        var numbers = bars.Max(bar => bar.Text.Length) * Svg.Letter + 10;
        var scale = new AxisScale(ends.Min(), ends.Max() is var most && most == ends.Min() ? most + 1 : most, names + 8,
            Chart.Narrow - numbers);
        var bottom = bars.Count * Row + 6;
        var ticks = scale.Ticks(4);
        var every = ticks.Values.Count > 1 && scale.At(ticks.Values[1]) - scale.At(ticks.Values[0])
            < ticks.Values.Max(value => ticks.Text(value).Length) * Svg.Letter + 6 ? 2 : 1;
        return new(id, title, finding, Chart.Narrow, bottom + Foot, Html.All(
            Html.All(ticks.Values.Select((value, i) => Html.All(
                Svg.Line(scale.At(value), 2, scale.At(value), bottom, "g"),
                i % every > 0 ? Html.None : Svg.Text(scale.At(value), bottom + 15, ticks.Text(value), "t m0")))),
            Html.All(bars.Select((bar, i) => One(bar, i * Row + 4, scale, names))),
            Svg.Line(scale.At(0), 2, scale.At(0), bottom, "a"),
            Svg.Fitted(scale.Start + (scale.End - scale.Start) / 2, bottom + 32, axis, "t n m0", Chart.Narrow - names)));
    }

    private static Html One((string Name, double Value, double Spread, string Text) bar, double top, AxisScale scale, double names)
    {
        var (from, to, middle) = (Math.Min(scale.At(0), scale.At(bar.Value)), Math.Max(scale.At(0), scale.At(bar.Value)),
            top + Row / 2 - 2);
        return Html.All(
            Svg.Fitted(names, middle + 4, bar.Name, "t e", names),
            Svg.Box(from, top, to - from, Row - 6, "b"),
            double.IsNaN(bar.Spread) || bar.Spread == 0 ? Html.None
                : Svg.Line(scale.At(bar.Value - bar.Spread), middle, scale.At(bar.Value + bar.Spread), middle, "w"),
            Svg.Text(Chart.Narrow, middle + 4, bar.Text, "t e u"));
    }
}
