using System.Globalization;
using System.Xml.Linq;
using Xunit;

namespace FunctionalStack.Cli.Tests.Demos;

/// <summary>What every figure of a document is held to.</summary>
internal static class SvgFile
{
    private const int MostBytes = 60_000;

    /// <summary>The file is XML, small, has a title and a description, follows light and dark pages, and loads nothing.</summary>
    public static void Check(string text)
    {
        var svg = XDocument.Parse(text).Root!;
        var name = svg.Name.Namespace;
        Assert.Equal(("svg", "http://www.w3.org/2000/svg"), (svg.Name.LocalName, name.NamespaceName));
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(text), 1, MostBytes);
        Assert.All((string[])["title", "desc"], part => Assert.NotEmpty(svg.Element(name + part)!.Value));
        Assert.Contains("@media(prefers-color-scheme:dark)", svg.Element(name + "style")!.Value, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"<script|url\(|@import|href=|NaN|Infinity", text);
        Assert.All((string[])["width", "height"], side => Assert.True(double.Parse(svg.Attribute(side)!.Value,
            CultureInfo.InvariantCulture) > 0));
    }
}
