using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>A part of a report, with an entry in its table of contents.</summary>
/// <param name="Id">The anchor, unique in the page: letters, digits and hyphens.</param>
/// <param name="Title">The heading.</param>
/// <param name="Content">The content.</param>
internal sealed record Section(string Id, string Title, Html Content)
{
    /// <summary>A part with a sentence that says why it has no content.</summary>
    public static Section Without(string id, string title, string why) => new(id, title, Html.Of("p", why).Class("absent"));
}
