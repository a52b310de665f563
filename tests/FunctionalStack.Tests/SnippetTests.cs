using System.Text.RegularExpressions;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Tests;

/// <summary>The code blocks of the README, the guide and docs/cluster.md compile: each is a part of a test file, word for word.</summary>
public class SnippetTests
{
    private static readonly Dictionary<string, string[]> Sources = new()
    {
        ["csharp"] =
            [Repository.Read("tests/FunctionalStack.Tests/ReadmeSnippet.cs"),
                Repository.Read("tests/FunctionalStack.Tests/GuideSnippets.cs"),
                Repository.Read("tests/FunctionalStack.Tests/GuideSnippets.Scores.cs"),
                Repository.Read("tests/FunctionalStack.Tests/GuideSnippets.Images.cs"),
                Repository.Read("tests/FunctionalStack.Tests/GuideSnippets.Laws.cs"),
                Repository.Read("tests/FunctionalStack.Tests/ClusterSnippets.cs")],
        ["fsharp"] =
            [Repository.Read("tests/FunctionalStack.FSharp.Tests/ReadmeSnippet.fs"),
                Repository.Read("tests/FunctionalStack.FSharp.Tests/GuideSnippets.fs"),
            Repository.Read("tests/FunctionalStack.FSharp.Tests/GuideRunTests.fs"),
            Repository.Read("tests/FunctionalStack.FSharp.Tests/ImagesTests.fs"),
            Repository.Read("tests/FunctionalStack.FSharp.Tests/ClusterSnippets.fs")],
    };

    [Theory]
    [InlineData("csharp")]
    [InlineData("fsharp")]
    public void The_readme_and_the_package_show_the_marked_lines(string language)
    {
        var marked =
            Regex.Matches(Sources[language][0], @"^ *// <readme>\n(.*?)^ *// </readme>", RegexOptions.Singleline | RegexOptions.Multiline);
        var block = string.Join("\n", marked.Select(region => Outdent(region.Groups[1].Value)));

        Assert.NotEmpty(marked);
        Assert.Contains($"```{language}\n{block}```", Repository.Read("README.md"));
        Assert.Contains($"```{language}\n{block}```", Repository.Read("docs/package.md"));
    }

    [Theory]
    [InlineData("docs/guide.md")]
    [InlineData("docs/cluster.md")]
    public void Every_block_of_a_page_compiles(string page)
    {
        var blocks =
            Regex.Matches(Repository.Read(page), @"^```(csharp|fsharp)\n(.*?)^```",
                RegexOptions.Singleline | RegexOptions.Multiline);

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.True(
            Sources[block.Groups[1].Value].Any(source => Holds(source, block.Groups[2].Value)),
            $"no test file holds:\n{block.Groups[2].Value}"));
    }

    private static bool Holds(string source, string block) =>
        Enumerable.Range(0, 4)
            .Any(depth => source.Contains("\n" + Regex.Replace(block, @"^(?=.)", new string(' ', 4 * depth), RegexOptions.Multiline)));

    private static string Outdent(string lines)
    {
        var margin = lines.Split('\n').Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return Regex.Replace(lines, $"^ {{{margin}}}", "", RegexOptions.Multiline);
    }
}
