namespace FunctionalStack.Reporting.Markup;

/// <summary>Tables, which scroll in a container of their own.</summary>
internal static class Grid
{
    /// <summary>A table with a caption, one row of headings, and a heading at the start of each row.</summary>
    /// <param name="caption">What the table holds.</param>
    /// <param name="headings">The headings; a name that starts with <c>#</c> is one of a column of numbers, with
    /// <c>~</c> one of a column of sentences, which is never narrow.</param>
    /// <param name="rows">The cells.</param>
    public static Html Of(string caption, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<Html>> rows) => Scrolling(caption,
        Html.Of("table",
            Html.Of("caption", caption),
            Html.Of("thead", Html.Of("tr", headings.Select(heading =>
                Styled(Html.Of("th", heading is ['#' or '~', ..] ? heading[1..] : heading), heading).With("scope", "col")))),
            Html.Of("tbody", rows.Select(row => Html.Of("tr", row.Select((cell, i) => i == 0
                ? Html.Of("th", cell).With("scope", "row")
                : Styled(Html.Of("td", cell), headings[i])))))));

    /// <summary>A table of cells with a shade from 0 to 1, such as a confusion matrix.</summary>
    /// <param name="caption">What the table holds.</param>
    /// <param name="corner">The heading of the first column.</param>
    /// <param name="columns">The headings of the others.</param>
    /// <param name="rows">The heading and the cells of each row.</param>
    public static Html Shaded(string caption, string corner, IReadOnlyList<string> columns,
        IEnumerable<(string Name, IReadOnlyList<(Html Text, double Shade)> Cells)> rows) => Scrolling(caption,
        Html.Of("table",
            Html.Of("thead", Html.Of("tr", columns.Select(name => Html.Of("th", PlainText.Name(name, 14)).With("scope", "col"))
                .Prepend(Html.Of("td", corner)))),
            Html.Of("tbody", rows.Select(row => Html.Of("tr", row.Cells.Select(cell => Html.Of("td", cell.Text)
                .With("style", $"--v:{Shade(cell.Shade)}")).Prepend(Html.Of("th", PlainText.Name(row.Name, 20)).With("scope", "row"))))))
            .Class("heat").With("aria-label", caption),
        // A caption of the table would be as narrow as the table.
        Html.Of("p", caption).Class("caption"));

    /// <summary>Content that scrolls in its own container if it is wider than the page.</summary>
    public static Html Scrolling(string label, Html content, Html? after = null) => Html.All(
        Html.Of("div", content).Class("scroll").With("tabindex", "0").With("role", "group").With("aria-label", label), after ?? Html.None);

    private static Html Styled(Html cell, string heading) => heading.StartsWith('#') ? cell.Class("num")
        : heading.StartsWith('~') ? cell.Class("say") : cell;

    private static string Shade(double shade) => double.IsNaN(shade) ? "0"
        : Math.Round(Math.Clamp(shade, 0, 1), 2).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
}
