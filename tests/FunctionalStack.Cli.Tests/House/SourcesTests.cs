using System.Text.RegularExpressions;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Cli.Tests.House;

/// <summary>What every file of the repository is held to: width, length and words.</summary>
public partial class SourcesTests
{
    private const int Width = 140;
    private const int Length = 300;

    // The project's former vocabulary (docs/adr/0010-the-fields-words.md).
    private static readonly string[] banned =
    [
        "said", "told", "upward", "contender", "crew", "mend", "mends", "mended", "mending", "hand up", "hands up", "handed up",
        "handing up", "learner above", "learners above", "bright side", "round the corner", "by heart",
    ];

    public static TheoryData<string> Folders => ["src", "gpu-kernels", "tests", "bench"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Lines_are_no_wider_than_the_editors_setting(string folder) => Assert.Empty(
        from file in Sources(folder, ".cs")
        let text = NoRaw().Replace(file.Text, match => new string('\n', match.Value.Count(character => character == '\n')))
        from line in text.Split('\n').Index()
        where line.Item.Length > Width && !Literal().IsMatch(line.Item)
        select $"{file.Path}, line {line.Index + 1}: {line.Item.Length} characters");

    [Theory]
    [MemberData(nameof(Folders))]
    public void Files_stay_below_300_lines(string folder) => Assert.Empty(
        from file in Sources(folder, ".cs", ".fs")
        let lines = file.Text.Count(character => character == '\n')
        where lines > Length
        select $"{file.Path}: {lines} lines");

    /// <summary>Tests are sentences with underscores.</summary>
    [Fact]
    public void Tests_are_named_in_one_style() => Assert.Empty(
        from file in Sources("tests", ".cs")
        from match in TestName().Matches(file.Text)
        where match.Groups[1].Value.Count(char.IsUpper) > 1 && !match.Groups[1].Value.Contains('_')
        select $"{file.Path}: {match.Groups[1].Value}");

    [Fact]
    public void The_former_vocabulary_is_gone()
    {
        var words = new Regex($@"\b({string.Join('|', banned)})\b", RegexOptions.IgnoreCase);
        Assert.Empty(
            from file in Sources("src", ".cs", ".fs").Concat(Sources("gpu-kernels", ".cs")).Concat(Sources("docs", ".md", ".cs", ".fsx"))
                .Append((Path: "README.md", Text: Repository.Read("README.md")))
            where !file.Path.Contains("/adr/", StringComparison.Ordinal)
            from match in words.Matches(Kept().Replace(file.Text, match => new string(' ', match.Length)))
            select $"{file.Path}, line {file.Text[..match.Index].Count(character => character == '\n') + 1}: {match.Value}");
    }

    private static IEnumerable<(string Path, string Text)> Sources(string folder, params string[] endings) =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')
        where endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)) && !path.Contains("/obj/") && !path.Contains("/bin/")
        orderby path
        select (path, Repository.Read(path));

    // Raw strings, such as a spec in JSON.
    [GeneratedRegex("\\$*\"\"\"[\\s\\S]*?\"\"\"")]
    private static partial Regex NoRaw();

    // One literal that fills the line, such as a picture in base 64.
    [GeneratedRegex("\"[^\"]{100,}\"")]
    private static partial Regex Literal();

    // Names of earlier versions that files may hold, law names, and an author.
    [GeneratedRegex("FormerName\\(\"\\w+\"\\)|`\\w+_\\w+`|Crew &amp;|Crew &")]
    private static partial Regex Kept();

    [GeneratedRegex(
        @"\[(?:Fact|Theory|Property|Shared\w+|EachBackend)\b[^\n]*\n(?:\s*\[[^\n]*\n)*\s*public (?:static )?(?:async )?[\w<>\[\]?,. ()]+? (\w+)\(")]
    private static partial Regex TestName();
}
