using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Charts;

/// <summary>The classes that a model predicts over the plane of two columns.</summary>
/// <param name="Title">The name of the model.</param>
/// <param name="Cells">The predicted class of each cell of a grid, by rows from the top, and whether it is certain.</param>
internal sealed record Region(string Title, EquatableArray<(int Class, bool IsCertain)> Cells);

/// <summary>Panels of predicted classes side by side, with the rows as points.</summary>
internal static class Regions
{
    /// <summary>The number of columns and rows of the grid of a panel.</summary>
    public const int Columns = 72;

    /// <inheritdoc cref="Columns"/>
    public const int Rows = 52;

    private const double Across = (Chart.Wide - Between) / 2;
    private const double Between = 20;
    private const double Down = 260;
    private const double Head = 22;

    /// <summary>Two panels in a row.</summary>
    /// <param name="id">The anchor.</param>
    /// <param name="title">What is shown.</param>
    /// <param name="finding">What to see.</param>
    /// <param name="x">The horizontal axis, and the range of the grid.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="classes">The name and the points of each class.</param>
    /// <param name="panels">The panels.</param>
    public static Chart Of(string id, string title, string finding, (string Name, double From, double To) x,
        (string Name, double From, double To) y, IReadOnlyList<(string Name, EquatableArray<(double X, double Y)> Points)> classes,
        IReadOnlyList<Region> panels)
    {
        var plane = Plane.Of((x.From, x.To), (y.From, y.To), Across, Down);
        var height = (panels.Count + 1) / 2 * (Down + Head + Between);
        var (legend, high) = Legend.Below(height, Chart.Wide, [.. classes.Select((one, code) =>
            ((Func<double, double, Html>)((left, middle) => Svg.Marker(left + 14, middle, code, $"m f{code}")), one.Name))]);
        return new(id, title, finding, Chart.Wide, height + high, Html.All(
            Html.All(panels.Select((panel, i) => Html.Of("g",
                Svg.Text((plane.X.Start + plane.X.End) / 2, 12, panel.Title, "t k m0"),
                Html.Of("g", Cells(panel, plane), plane.Axes(x.Name, y.Name),
                    Html.All(classes.Select((one, code) => Svg.Markers(one.Points.Select(point => plane.At(point.X, point.Y)), code,
                        $"m f{code}")))).With("transform", $"translate(0 {Svg.N(Head - 6)})"))
                .With("transform", $"translate({Svg.N(i % 2 * (Across + Between))} {Svg.N(i / 2 * (Down + Head + Between))})"))),
            legend));
    }

    // Runs of equal cells are one rectangle. Edges are rounded before widths are taken, so that neighbours touch.
    private static Html Cells(Region panel, Plane plane)
    {
        var runs = new List<(int Class, bool IsCertain, double X, double Y, double Width, double Height)>();
        for (var row = 0; row < Rows; row++)
        {
            var (top, bottom) = (Edge(plane.Y.End, plane.Y.Start, row, Rows), Edge(plane.Y.End, plane.Y.Start, row + 1, Rows));
            for (var (from, to) = (0, 0); from < Columns; from = to)
            {
                var cell = panel.Cells[row * Columns + from];
                while (to < Columns && panel.Cells[row * Columns + to] == cell) to++;
                var left = Edge(plane.X.Start, plane.X.End, from, Columns);
                runs.Add((cell.Class, cell.IsCertain, left, top, Edge(plane.X.Start, plane.X.End, to, Columns) - left, bottom - top));
            }
        }

        return Html.All(runs.GroupBy(run => (run.Class, run.IsCertain)).OrderBy(kind => kind.Key).Select(kind => Svg.Boxes(
            kind.Select(run => (run.X, run.Y, run.Width, run.Height)), $"f{kind.Key.Class} s {(kind.Key.IsCertain ? "v2" : "v1")}")));
    }

    private static double Edge(double from, double to, int at, int of) => Math.Round(from + (to - from) * at / of, 1);
}
