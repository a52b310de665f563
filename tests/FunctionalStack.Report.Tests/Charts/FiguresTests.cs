using System.Xml.Linq;
using FsCheck.Xunit;
using FunctionalStack.Reporting.Charts;
using FunctionalStack.Reporting.Markup;
using FunctionalStack.Reporting.Parts;
using Xunit;

namespace FunctionalStack.Reporting.Tests.Charts;

public class FiguresTests
{
    private static readonly XNamespace svg = "http://www.w3.org/2000/svg";

    [Property]
    public void Lines_of_any_numbers_are_drawn_with_finite_positions(double[] values, bool isLog)
    {
        EquatableArray<(double X, double Y)> points = [(1, 2), .. values.Select((value, i) => (i + 2.0, value % 1e6))];
        Check(Lines.Of("lines", "Lines", "What to see.", new("epoch", IsWhole: true), new("loss", IsLog: isLog),
        [
            new("of any numbers", 0, points) { IsMarked = true },
            new("with a band", 8, points) { Dashes = 1 },
            new("without numbers", 2, [(1, double.NaN)]),
        ]));
    }

    [Fact]
    public void A_band_surrounds_its_line_and_a_single_line_has_no_legend()
    {
        var line = new Line("accuracy of the stack", 0, [(0, 1), (10, 2)]) { Band = [(0, 2), (1, 3)] };
        var text = Check(Lines.Of("one", "One line", "What to see.", new("x"), new("y"), [line]));
        Assert.Contains("class=\"f0 v1\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("accuracy of the stack", text, StringComparison.Ordinal);
        Assert.Contains("accuracy of the stack", Check(Lines.Of("two", "Two lines", "What to see.", new("x"), new("y"), [line, line])),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Cells_of_a_panel_are_runs_that_cover_the_plane_once()
    {
        EquatableArray<(int, bool)> cells = EquatableArray.From(Enumerable.Range(0, Regions.Columns * Regions.Rows)
            .Select(cell => (cell % Regions.Columns < 10 ? 0 : 1, cell / Regions.Columns > 3)));
        var text = Check(Regions.Of("regions", "Regions", "What to see.", ("x", 0, 1), ("y", 0, 1),
            [("a", [(0.1, 0.1)]), ("b", [(0.9, 0.9)])], [new("model", cells), new("same", cells)]));
        // Two classes, certain or not, in each of two panels; two runs in each line of cells.
        var areas = XDocument.Parse(text).Descendants(svg + "path")
            .Where(path => ((string)path.Attribute("class")!).Contains(" s ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(8, areas.Length);
        Assert.Equal(2 * 2 * Regions.Rows, areas.Sum(path => ((string)path.Attribute("d")!).Count(letter => letter == 'M')));
    }

    [Fact]
    public void A_map_has_each_pair_once_and_leaves_out_what_is_not_a_number()
    {
        var text = Check(HeatMap.Of("map", "Map", "What to see.", ["a", "b", "c"],
            (i, j) => (i, j) == (2, 0) ? double.NaN : 0.25 * (i + j)));
        var texts = XDocument.Parse(text).Descendants(svg + "text").Select(one => one.Value).ToArray();
        Assert.Equal(["25", "75"], texts.Where(one => char.IsDigit(one[0])));
        Check(HeatMap.Of("none", "Map", "What to see.", ["a", "b"], (_, _) => double.NaN));
    }

    [Fact]
    public void Pixels_are_shades_and_empty_ones_are_not_drawn()
    {
        var text = Check(Thumbnails.Of("small", "Pictures", "What to see.",
            [([0, 0.2, 1, 1], 2, "upper", "lower"), ([0, 0, 0, 0], 2, "empty", "<&>")]));
        var shades = XDocument.Parse(text).Descendants(svg + "path").Select(path => (string)path.Attribute("class")!).ToArray();
        Assert.Equal(["n s v1", "n s"], shades);
    }

    private static string Check(Chart chart)
    {
        WellFormed.Check(Pages.Page.Of(new("A page", default), new Section("part", "Part", chart.Figure())).Html);
        var file = chart.File();
        Assert.Equal(svg + "svg", XDocument.Parse(file).Root!.Name);
        Assert.Contains("prefers-color-scheme:dark", file, StringComparison.Ordinal);
        return file;
    }
}
