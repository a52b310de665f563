using FunctionalStack.Reporting.Markup;
using FunctionalStack.Reporting.Parts;

namespace FunctionalStack.Reporting.Pages;

/// <summary>Puts parts together as one page.</summary>
internal static class Page
{
    /// <summary>The name of this library's pages in their <c>generator</c> element.</summary>
    public const string Generator = "FunctionalStack.Report";

    /// <summary>The page of a run: its facts, a table of contents, the parts, its notes, and the command again.</summary>
    public static HtmlReport Of(Run run, params IEnumerable<Section> parts)
    {
        Section[] all = [.. parts, run.NotesPart(), run.AgainPart()];
        return new(run.Title, "<!doctype html>\n" + Html.Of("html",
            Html.Of("head",
                Html.Of("meta").With("charset", "utf-8"),
                Html.Of("meta").With("name", "generator").With("content", Generator),
                Html.Of("meta").With("name", "viewport").With("content", "width=device-width, initial-scale=1"),
                Html.Of("meta").With("name", "color-scheme").With("content", "light dark"),
                Html.Of("title", PlainText.Short(run.Title, 120)),
                Html.Of("style", Style.Text)),
            Html.Of("body",
                Html.Of("a", "Skip to the content").Class("skip").With("href", "#content"),
                Html.Of("header",
                    Html.Of("h1", PlainText.Name(run.Title, 90)),
                    run.Command is null ? Html.None
                        : Grid.Scrolling("Command", Html.Of("pre", Html.Of("code", run.Command))),
                    run.Head()),
                Html.Of("nav", Html.Of("h2", "Contents"),
                    Html.Of("ol", all.Select(part => Html.Of("li", Html.Of("a", part.Title).With("href", $"#{part.Id}")))))
                    .With("aria-label", "Contents"),
                Html.Of("main", all.Select(part => Html.Of("section",
                        Html.Of("h2", part.Title).With("id", $"{part.Id}-title"), part.Content)
                    .With("id", part.Id).With("aria-labelledby", $"{part.Id}-title"))).With("id", "content"),
                Html.Of("footer", Html.Of("p", "Made by FunctionalStack. The page has no scripts and loads nothing."))))
            .With("lang", "en"));
    }
}
