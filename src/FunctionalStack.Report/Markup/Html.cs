using System.Text;

namespace FunctionalStack.Reporting.Markup;

/// <summary>An immutable piece of HTML or SVG: an element, text, or several of them. Text and attributes are escaped when
/// written.</summary>
/// <param name="Name">The name of the element; null for text, and for several pieces.</param>
/// <param name="Text">The text; null for elements.</param>
/// <param name="Attributes">The attributes, in order.</param>
/// <param name="Children">The content.</param>
internal sealed record Html(string? Name, string? Text, EquatableArray<(string Name, string Value)> Attributes,
    EquatableArray<Html> Children)
{
    private static readonly HashSet<string> empty = new(StringComparer.Ordinal) { "meta", "br", "hr", "img", "link" };

    private static readonly HashSet<string> lines = new(StringComparer.Ordinal)
    {
        "head", "body", "header", "main", "nav", "section", "footer", "figure", "svg", "table", "thead", "tbody", "tr", "ul", "ol", "dl",
        "h1", "h2", "h3", "p", "div", "details", "meta", "title", "style", "li",
    };

    /// <summary>Nothing.</summary>
    public static Html None { get; } = new(null, null, default, default);

    /// <summary>An element.</summary>
    public static Html Of(string name, params IEnumerable<Html> children) => new(name, null, default, EquatableArray.From(children));

    /// <summary>Several pieces, one after another.</summary>
    public static Html All(params IEnumerable<Html> pieces) => new(null, null, default, EquatableArray.From(pieces));

    /// <summary>Text.</summary>
    public static implicit operator Html(string text) => new(null, text, default, default);

    /// <summary>The same element with a further attribute.</summary>
    public Html With(string attribute, string value) => this with { Attributes = [.. Attributes, (attribute, value)] };

    /// <summary>The same element with the attribute <c>class</c>.</summary>
    public Html Class(string names) => With("class", names);

    /// <summary>Whether there is nothing in it.</summary>
    public bool IsNone => Name is null && Text is null && Children.Count == 0;

    /// <summary>The HTML text.</summary>
    public override string ToString()
    {
        var builder = new StringBuilder();
        WriteTo(builder, verbatim: false);
        return builder.ToString();
    }

    // The content of a style element is not escaped: it is a constant of this library.
    private void WriteTo(StringBuilder builder, bool verbatim)
    {
        if (Text is not null)
        {
            builder.Append(verbatim ? Text : PlainText.Escaped(Text));
            return;
        }

        if (Name is not null)
        {
            builder.Append('<').Append(Name);
            foreach (var (name, value) in Attributes) builder.Append(' ').Append(name).Append("=\"").Append(PlainText.Escaped(
                value)).Append('"');
            builder.Append('>');
        }

        foreach (var child in Children) child.WriteTo(builder, Name == "style");
        if (Name is null) return;
        if (!empty.Contains(Name)) builder.Append("</").Append(Name).Append('>');
        if (lines.Contains(Name)) builder.Append('\n');
    }
}
