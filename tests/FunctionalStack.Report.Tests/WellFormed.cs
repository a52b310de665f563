using System.Text.RegularExpressions;
using Xunit;

namespace FunctionalStack.Reporting.Tests;

/// <summary>What every page is held to.</summary>
internal static partial class WellFormed
{
    private static readonly string[] empty = ["meta", "br", "hr", "img", "link"];

    private static readonly string[] known =
    [
        "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "footer", "a", "h1", "h2", "h3", "p", "b",
        "span", "div", "ul", "ol", "li", "dl", "dt", "dd", "pre", "code", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure",
        "figcaption", "details", "summary", "svg", "g", "path", "rect", "text", "img",
    ];

    /// <summary>Elements are known and closed in order, anchors are unique and found, charts have texts and finite positions, and nothing
    /// is loaded or run.</summary>
    public static void Check(string page)
    {
        var body = Style().Replace(page.Replace("<!doctype html>", "", StringComparison.Ordinal), "<style></style>");
        Assert.DoesNotContain(Tag().Replace(body, ""), letter => letter is '<' or '>');
        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(body))
        {
            var name = tag.Groups["name"].Value;
            Assert.Contains(name, known);
            if (tag.Groups["end"].Length > 0) Assert.Equal(name, open.Pop());
            else if (!empty.Contains(name)) open.Push(name);
        }

        Assert.Empty(open);
        var ids = Id().Matches(body).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(Href().Matches(body), match => Assert.Contains(match.Groups[1].Value, ids));
        Assert.All(Position().Matches(body), match => Assert.DoesNotMatch("NaN|∞|Infinity|[0-9]e[+-]?[0-9]", match.Value));
        Assert.All(Svg().Matches(body), match => Assert.True(match.Value.Contains("aria-hidden=\"true\"", StringComparison.Ordinal)
            || (match.Value.Contains("role=\"img\"", StringComparison.Ordinal) && Label().IsMatch(match.Value)), match.Value));
        Assert.DoesNotContain("d=\"\"", body, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"<script|\son[a-z]+=""|url\(|@import|src=""(?!data:image/png;)|href=""(?!#)", page);
        Assert.DoesNotContain(page, letter => letter != '\n' && char.IsControl(letter));
    }

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();

    [GeneratedRegex("<(?<end>/?)(?<name>[a-z0-9]+)(?: [A-Za-z-]+=\"[^\"<>]*\")*>")]
    private static partial Regex Tag();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Id();

    [GeneratedRegex(" href=\"#([^\"]*)\"")]
    private static partial Regex Href();

    [GeneratedRegex(" (d|x|y|width|height|viewBox|transform)=\"[^\"]*\"")]
    private static partial Regex Position();

    [GeneratedRegex("<svg[^>]*>")]
    private static partial Regex Svg();

    [GeneratedRegex("aria-label=\"[^\"]{5,}\"")]
    private static partial Regex Label();
}
