using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public class CompletionCommandTests
{
    public static TheoryData<string> Commands =>
        ["evaluate", "fit", "predict", "score", "explain", "train", "inspect", "export", "import", "serve", "data list", "data get",
            "devices", "bench", "demo", "completion"];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_option_in_the_help_is_suggested(string command)
    {
        using var tool = new Fstack();
        var options = Regex.Matches(tool.Done($"{command} --help").Output, "^ +(?:[^ ]+, )*(--[a-z-]+)", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value).ToArray();
        Assert.Contains("--json", options);
        Assert.Equal(options.Order(StringComparer.Ordinal), Suggested($"{command} --"));
    }

    [Theory]
    [InlineData("", "audit", "bench", "cluster",
        "completion", "data", "demo", "devices", "evaluate", "explain", "export", "fit", "import", "inspect", "new",
        "predict", "score", "serve", "train")]
    [InlineData("data ", "get", "list")]
    [InlineData("data get ", "breast-cancer", "digits", "fashion", "iris", "mnist", "titanic")]
    [InlineData("demo ", "batchnorm", "digits", "iris", "mnist", "otto", "titanic")]
    [InlineData("completion ", "bash", "fish", "pwsh", "zsh")]
    public void Commands_and_arguments_are_suggested(string line, params string[] words) =>
        Assert.Equal(words, Suggested(line).Where(word => word[0] != '-'));

    [Theory]
    [InlineData("fit --data d.csv --target y --task ", "classification", "regression")]
    [InlineData("train --backend ", "auto", "cuda", "host", "ilgpu-cpu", "opencl")]
    [InlineData("train --images ", "fashion", "mnist")]
    [InlineData("train --optimizer a", "adam", "adamw")]
    [InlineData("fit --weights-kind f", "frequency")]
    [InlineData("predict --quan", "--quantiles")]
    [InlineData("pre", "predict")]
    [InlineData("fit --data ")]
    public void The_values_of_an_option_and_the_rest_of_a_word_are_suggested(string line, params string[] words) =>
        Assert.Equal(words, Suggested(line));

    /// <summary>The position may be inside the line, or beyond its end.</summary>
    [Fact]
    public void What_follows_the_position_is_ignored()
    {
        Assert.Equal(["--model"], Suggested("fit --mo --data d.csv", at: 8));
        Assert.Equal(["fit"], Suggested("fi", at: 99));
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _fstack fstack")]
    [InlineData("zsh", "compdef _fstack fstack")]
    [InlineData("fish", "complete -c fstack")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName fstack")]
    public void Each_shell_has_a_script(string shell, string line)
    {
        using var tool = new Fstack();
        var script = tool.Done($"completion {shell}").Output;
        Assert.Contains(line, script);
        Assert.Contains("[suggest:", script);
        Assert.Equal(script.TrimEnd('\n'), tool.Done($"completion {shell} --json").Json.GetProperty("script").GetString());
    }

    [Fact]
    public void Another_shell_is_refused()
    {
        using var tool = new Fstack();
        Assert.StartsWith("'csh' is not a shell with a script. Shells: bash, zsh, fish, pwsh.", tool.Refused("completion csh"));
    }

    /// <summary>The script in bash itself, as the Tab key calls it.</summary>
    [Theory]
    [InlineData("fstack train --backend h", "host")]
    [InlineData("fstack data g", "get")]
    [InlineData("/usr/bin/fstack evaluate --weights-kind ", "frequency importance")]
    public void In_bash_the_script_completes(string line, string words)
    {
        if (!OperatingSystem.IsLinux()) return;
        using var tool = new Fstack();
        var script = $$"""
            fstack() { dotnet '{{Path.Combine(AppContext.BaseDirectory, "fstack.dll")}}' "$@"; }
            {{tool.Done("completion bash").Output}}
            COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{line}}{{(line[^1] == ' ' ? "''" : "")}})
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _fstack
            echo "${COMPREPLY[*]}"
            """;
        var start = new ProcessStartInfo("bash", ["--norc", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var ran = ToolProcess.Finished(Process.Start(start)!);
        Assert.Equal((words + "\n", ""), (ran.Output, ran.All));
    }

    private static string[] Suggested(string line, int? at = null)
    {
        var output = new StringWriter();
        Assert.Equal(App.Done, App.Run([$"[suggest:{at ?? line.Length}]", line], output, TextWriter.Null));
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
