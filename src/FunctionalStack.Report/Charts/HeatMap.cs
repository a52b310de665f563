using System.Globalization;
using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Charts;

/// <summary>A number for each pair of things, as cells below the diagonal.</summary>
internal static class HeatMap
{
    private const double Names = 130;
    private const double MostCell = 44;
    private const int Shades = 4;

    /// <summary>The pairs of at least two things. Cells in a stronger colour have larger numbers, shown in hundredths.</summary>
    /// <param name="id">The anchor.</param>
    /// <param name="title">What is shown.</param>
    /// <param name="finding">What to see.</param>
    /// <param name="names">The things.</param>
    /// <param name="of">The number of a pair, or NaN.</param>
    public static Chart Of(string id, string title, string finding, IReadOnlyList<string> names, Func<int, int, double> of)
    {
        var width = names.Count > 6 ? Chart.Wide : Chart.Narrow;
        var left = Math.Min(Names, names.Max(name => name.Length) * Svg.Letter + 6);
        var side = Math.Min(MostCell, Math.Floor((width - left) / (names.Count - 1)));
        var cells = (from row in Enumerable.Range(1, names.Count - 1)
                     from column in Enumerable.Range(0, row)
                     let value = of(row, column)
                     where double.IsFinite(value)
                     select (X: left + column * side, Y: (row - 1) * side, Value: value)).ToArray();
        var least = cells.Select(cell => cell.Value).DefaultIfEmpty(0).Min();
        var span = Math.Max(1e-9, cells.Select(cell => cell.Value).DefaultIfEmpty(1).Max() - least);
        var foot = (names.Count - 1) * side;
        return new(id, title, finding, width, foot + left, Html.All(
            Html.All(cells.GroupBy(cell => 1 + Math.Min(Shades - 1, (int)((cell.Value - least) / span * Shades)))
                .OrderBy(shade => shade.Key).Select(shade => Svg.Boxes(
                    shade.Select(cell => (cell.X + 0.5, cell.Y + 0.5, side - 1, side - 1)), $"f0 v{shade.Key}"))),
            Html.All(cells.Select(cell => Svg.Text(cell.X + side / 2, cell.Y + side / 2 + 4,
                Math.Round(100 * cell.Value).ToString("0", CultureInfo.InvariantCulture), "t n m0"))),
            Html.All(names.Skip(1).Select((name, row) => Svg.Fitted(left - 5, row * side + side / 2 + 4, name, "t e", left))),
            Html.All(names.SkipLast(1).Select((name, column) => Svg.Fitted(0, 0, name, "t e", left)
                .With("transform", $"translate({Svg.N(left + column * side + side / 2 + 4)} {Svg.N(foot + 6)}) rotate(-90)")))));
    }
}
