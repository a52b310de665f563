using System.Text.RegularExpressions;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Cli.Tests.Options;

/// <summary>The options of all commands, as help and docs/cli.md describe them.</summary>
public partial class OptionsTests
{
    public static TheoryData<string> Commands =>
        ["evaluate", "fit", "predict", "score", "explain", "train", "inspect", "export", "import",
            "data list", "data get", "devices", "bench", "demo"];

    /// <summary>A table names the option in its first column.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_option_is_in_a_table_of_the_documentation(string command)
    {
        var listed = Row().Matches(Repository.Read("docs/cli.md"))
            .SelectMany(row => Name().Matches(row.Groups[1].Value)).Select(name => name.Value).ToHashSet();
        var options = Option().Matches(Help(command)).Select(option => option.Groups[1].Value).Except(["--help"]).ToArray();
        Assert.Contains("--json", options);
        Assert.Empty(options.Except(listed));
    }

    /// <summary>Some options have no number as default, so help prints none.</summary>
    [Theory]
    [InlineData("train", "--patience")]
    [InlineData("evaluate", "--patience")]
    [InlineData("fit", "--folds")]
    [InlineData("explain", "--rows")]
    [InlineData("demo", "--epochs")]
    public void Help_prints_no_default_that_is_not_one(string command, string option)
    {
        var line = Help(command).Split('\n').Single(line => line.StartsWith($"  {option} ", StringComparison.Ordinal));
        Assert.Contains("By default", line);
        Assert.DoesNotContain("[default", line);
    }

    [Theory]
    [InlineData("evaluate", "it is detected per column")]
    [InlineData("fit", "it is detected per column")]
    [InlineData("predict", "as in training")]
    [InlineData("score", "as in training")]
    [InlineData("explain", "as in training")]
    public void The_format_of_text_is_detected_or_that_of_training(string command, string format)
    {
        foreach (var option in new[] { "--decimal", "--dates" })
            Assert.Matches($"(?m)^  {option} .*By default {format}\\.", Help(command));
    }

    private static string Help(string command)
    {
        using var tool = new Fstack();
        return tool.Done($"{command} --help").Output;
    }

    [GeneratedRegex("(?m)^\\|([^|]*(?:\\\\\\|[^|]*)*)\\|")]
    private static partial Regex Row();

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex Name();

    [GeneratedRegex("(?m)^  (?:-\\S+, )*(--[a-z-]+)")]
    private static partial Regex Option();
}
