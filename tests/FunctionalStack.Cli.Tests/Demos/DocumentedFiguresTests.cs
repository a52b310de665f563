using System.Text.RegularExpressions;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Cli.Tests.Demos;

/// <summary>The figures of docs/experiments.md, which scripts/figures.sh draws.</summary>
public partial class DocumentedFiguresTests
{
    [Fact]
    public void Each_is_a_file_with_a_text_alternative_and_a_sentence_after_it()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "experiments.md"));
        var shown = Figure().Matches(text);
        Assert.NotEmpty(shown);
        Assert.All(shown, figure =>
        {
            SvgFile.Check(File.ReadAllText(Path.Combine(Repository.Root, "docs", figure.Groups["file"].Value)));
            Assert.True(figure.Groups["text"].Length > 20, figure.Value);
        });
        var paragraphs = Paragraphs().Split(text);
        Assert.All(paragraphs.Zip(paragraphs.Skip(1)).Where(pair => pair.First.StartsWith("![", StringComparison.Ordinal)),
            pair => Assert.Matches("^[A-Z][^#|]+[.]", pair.Second));
    }

    [GeneratedRegex(@"!\[(?<text>[^\]]*)\]\((?<file>figures/[a-z0-9-]+\.svg)\)")]
    private static partial Regex Figure();

    [GeneratedRegex(@"\n\n+")]
    private static partial Regex Paragraphs();
}
