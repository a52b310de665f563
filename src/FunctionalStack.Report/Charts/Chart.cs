using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Charts;

/// <summary>A chart: a picture with a text that states what it shows.</summary>
/// <param name="Id">The anchor, unique in the page: letters, digits and hyphens.</param>
/// <param name="Title">What is shown.</param>
/// <param name="Finding">One sentence that says what to see.</param>
/// <param name="Width">The width, in pixels at the natural size.</param>
/// <param name="Height">The height.</param>
/// <param name="Marks">The elements.</param>
internal sealed record Chart(string Id, string Title, string Finding, double Width, double Height, Html Marks)
{
    /// <summary>The width of a chart that fits a phone.</summary>
    public const double Narrow = 340;

    /// <summary>The width of a chart that scrolls on a phone.</summary>
    public const double Wide = 700;

    // Around the picture in a file.
    private const double Margin = 14;

    /// <summary>Entries that explain the lines and markers; empty if the chart has one series.</summary>
    public EquatableArray<Html> Legend { get; init; }

    /// <summary>The figure with its caption.</summary>
    public Html Figure() => Html.Of("figure",
        Width > Narrow
            ? Html.Of("div", Picture()).Class("scroll").With("tabindex", "0").With("role", "group").With("aria-label", Title)
            : Picture(),
        Legend.Count == 0 ? Html.None : Html.Of("ul", Legend.Select(entry => Html.Of("li", entry))).Class("legend"),
        Html.Of("figcaption", Html.Of("b", Title + "."), " ", Finding)).With("id", Id);

    /// <summary>The picture alone, for a cell of a table.</summary>
    public Html Picture() => Html.Of("svg",
            Html.Of("title", $"{Title}: {Finding}"), Marks)
        .With("viewBox", $"0 0 {Svg.N(Width)} {Svg.N(Height)}").With("width", Svg.N(Width)).With("height", Svg.N(Height))
        .With("role", "img").With("aria-label", $"{Title}: {Finding}");

    /// <summary>The picture as an SVG file for a document. Its colours follow a light or dark page, and it loads nothing.</summary>
    public string File() => Html.Of("svg",
            Html.Of("title", Title), Html.Of("desc", Finding), Html.Of("style", Style.Colours + Style.Marks),
            Html.Of("rect").With("x", Svg.N(-Margin)).With("y", Svg.N(-Margin)).With("width", Svg.N(Width + 2 * Margin))
                .With("height", Svg.N(Height + 2 * Margin)).With("rx", "8").With("fill", "var(--bg)"),
            Marks)
        .With("xmlns", "http://www.w3.org/2000/svg")
        .With("viewBox", $"{Svg.N(-Margin)} {Svg.N(-Margin)} {Svg.N(Width + 2 * Margin)} {Svg.N(Height + 2 * Margin)}")
        .With("width", Svg.N(Width + 2 * Margin)).With("height", Svg.N(Height + 2 * Margin)).With("role", "img").ToString();

    /// <summary>The entry of a series in a legend.</summary>
    /// <param name="series">The number of the series, which chooses colour, dashes and marker.</param>
    /// <param name="name">Its name.</param>
    public static Html Entry(int series, string name) => Html.All(
        Html.Of("svg", Svg.Line(0, 6, 28, 6, Series(series)))
            .With("viewBox", "0 0 28 12").With("width", "28").With("height", "12").With("aria-hidden", "true"),
        PlainText.Name(name, 40));

    /// <summary>The classes of the line of a series.</summary>
    public static string Series(int series) => $"l c{series % Colours} d{series % Patterns}";

    /// <summary>The number of colours.</summary>
    public const int Colours = 7;

    /// <summary>The number of patterns of dashes, the first of which is a solid line.</summary>
    public const int Patterns = 5;
}
