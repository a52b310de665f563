using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Charts;

/// <summary>Small grey pictures with a text below each, drawn pixel by pixel: for files that may hold no other pictures.</summary>
internal static class Thumbnails
{
    private const int Across = 6;
    private const double Side = 84;
    private const double Wide = Chart.Wide / Across;
    private const double High = Side + 44;
    private const int Shades = 5;

    /// <summary>The pictures in rows of six.</summary>
    /// <param name="id">The anchor.</param>
    /// <param name="title">What is shown.</param>
    /// <param name="finding">What to see.</param>
    /// <param name="pictures">The pixels, from 0 (empty) to 1 (ink), by lines, the number of a line, and the two lines of text.</param>
    public static Chart Of(string id, string title, string finding,
        IReadOnlyList<(EquatableArray<double> Pixels, int Line, string Upper, string Lower)> pictures) => new(id, title, finding,
        Chart.Wide, (pictures.Count + Across - 1) / Across * High, Html.All(pictures.Select((one, i) =>
        {
            var (left, top) = (i % Across * Wide + (Wide - Side) / 2, i / Across * High);
            var lines = one.Pixels.Count / one.Line;
            var size = Side / Math.Max(one.Line, lines);
            return Html.All(
                Html.All(Runs(one.Pixels, one.Line).GroupBy(run => run.Shade).OrderBy(shade => shade.Key).Select(shade => Svg.Boxes(
                    shade.Select(run => Cell(left, top, size, run.From, run.To, run.Row)),
                    shade.Key == Shades ? "n s" : $"n s v{shade.Key}"))),
                Svg.Fitted(left + Side / 2, top + Side + 15, one.Upper, "t n m0", Wide),
                Svg.Fitted(left + Side / 2, top + Side + 29, one.Lower, "t m0", Wide));
        })));

    private static IEnumerable<(int Shade, int From, int To, int Row)> Runs(EquatableArray<double> pixels, int line)
    {
        for (var (from, to) = (0, 0); from < pixels.Count; from = to)
        {
            var shade = Of(pixels[from]);
            while (to < pixels.Count && to / line == from / line && Of(pixels[to]) == shade) to++;
            if (shade > 0) yield return (shade, from % line, from % line + to - from, from / line);
        }

        static int Of(double pixel) => (int)Math.Round(Shades * Math.Clamp(pixel, 0, 1));
    }

    private static (double, double, double, double) Cell(double left, double top, double size, int from, int to, int row)
    {
        var (x, y) = (Edge(left, from), Edge(top, row));
        return (x, y, Edge(left, to) - x, Edge(top, row + 1) - y);

        double Edge(double start, int at) => Math.Round(start + at * size, 1);
    }
}
