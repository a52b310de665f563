using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Charts;

/// <summary>Entries below a chart, as part of its picture.</summary>
internal static class Legend
{
    private const double Sign = 28;
    private const double Gap = 14;
    private const double Row = 18;

    /// <summary>The entries, in as many rows as they need.</summary>
    /// <param name="top">The position of the first row.</param>
    /// <param name="width">The width of the rows.</param>
    /// <param name="entries">The sign, drawn from the left end of its place of 28 x 12, and the name.</param>
    public static (Html Marks, double Height) Below(double top, double width,
        IReadOnlyList<(Func<double, double, Html> Sign, string Name)> entries)
    {
        var marks = new List<Html>();
        var (x, y) = (0.0, top);
        foreach (var (sign, name) in entries)
        {
            var wide = Sign + 6 + Math.Min(name.Length, (int)((width - Sign) / Svg.Letter)) * Svg.Letter;
            if (x > 0 && x + wide > width) (x, y) = (0, y + Row);
            marks.Add(sign(x, y + Row / 2));
            marks.Add(Svg.Fitted(x + Sign + 6, y + Row / 2 + 4, name, "t n", width - Sign));
            x += wide + Gap;
        }

        return (Html.All(marks), entries.Count == 0 ? 0 : y + Row - top);
    }
}
