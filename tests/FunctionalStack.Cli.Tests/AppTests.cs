using Xunit;

namespace FunctionalStack.Cli.Tests;

public class AppTests
{
    [Theory]
    [InlineData("--help", "evaluate", "fit", "predict", "inspect", "data")]
    [InlineData("evaluate --help", "--data", "--target", "--id", "--weights", "--groups", "--task", "--categorical", "--spec", "--folds",
        "--fold-column", "--repeats", "--seed", "--threads", "--json")]
    [InlineData("fit -h", "--data", "--target", "--id", "--weights", "--groups", "--task", "--categorical", "--spec", "--fold-column",
        "--seed", "--threads", "--json", "--model", "--oof")]
    [InlineData("predict --help", "--model", "--data", "--images", "--threads", "--out", "--id", "--probabilities", "--backend",
        "--precision", "--json")]
    [InlineData("train --help", "--images", "--model", "--epochs", "--batch", "--optimizer", "--rate", "--backend", "--precision",
        "--checkpoint", "--resume", "--validation", "--patience", "--moments", "--seed", "--threads", "--json")]
    [InlineData("demo --help", "--data", "--test", "--submission", "--epochs", "--report", "--backend", "--precision", "--seed",
        "--threads", "--json")]
    [InlineData("inspect --help", "<model>", "--json")]
    [InlineData("data --help", "list", "get")]
    [InlineData("data list --help", "--to", "--json")]
    [InlineData("data get --help", "<name>", "--from", "--to", "--json")]
    public void Help_lists_every_option(string line, params string[] words)
    {
        using var tool = new Fstack();
        var ran = tool.Done(line);
        Assert.All(words, word => Assert.Matches($@"(?m)^  ([^ ]+, )?{word} ", ran.Output));
        Assert.Empty(ran.Error);
    }

    private const string OfEvaluate = "See 'fstack evaluate --help'.";

    [Theory]
    [InlineData("evaluate --data ./data.csv --target y --folds 1",
        $"--folds is '1'. Give a whole number from 2 to 2147483647. {OfEvaluate}")]
    [InlineData("evaluate --data ./data.csv --target y --threads 0", $"--threads is '0'. Give a whole number from 1 to 1024. {OfEvaluate}")]
    [InlineData("evaluate --data ./data.csv --target y --repeats -1",
        $"--repeats is '-1'. Give a whole number from 1 to 2147483647. {OfEvaluate}")]
    [InlineData("evaluate --data ./data.csv --target y --seed x",
        $"--seed is 'x'. Give a whole number from -9223372036854775808 to 9223372036854775807. {OfEvaluate}")]
    [InlineData("evaluate --data ./data.csv --target y --task words",
        $"--task is 'words'. Give classification or regression. {OfEvaluate}")]
    [InlineData("evaluate --data ./data.csv --target y --target y",
        $"Option '--target' expects a single argument but 2 were provided. {OfEvaluate}")]
    [InlineData("evaluate --data ./data.csv", $"Option '--target' is required. {OfEvaluate}")]
    [InlineData("evaluate --target y --data", $"Required argument missing for option: '--data'. {OfEvaluate}")]
    [InlineData("evaluate --data my data.csv --target y",
        $"'data.csv' is an unexpected argument of 'fstack evaluate'. Quote values with spaces. {OfEvaluate}")]
    [InlineData("fit --data ./data.csv --target y", "Option '--model' is required. See 'fstack fit --help'.")]
    [InlineData("predict --model m --data ./data.csv --out p.csv --idd id",
        "'--idd' is not an option of 'fstack predict'. Did you mean '--id'? Options: --model, --data, --images, --out, --id, "
            + "--probabilities, --intervals, --quantiles, --sets, --decimal, --dates, --missing, --plugin, --backend, --precision, "
            + "--threads, --json. "
            + "See 'fstack predict --help'.")]
    [InlineData("demo nothing", "'nothing' is not a demo. Demos: iris, titanic, digits, mnist, batchnorm, otto. See 'fstack demo --help'.")]
    [InlineData("inspect", "Required argument missing for command: 'inspect'. See 'fstack inspect --help'.")]
    [InlineData("data get nothing", "nothing: no such data set. ")]
    public void Misuse_is_reported_in_one_line(string line, string message)
    {
        using var tool = new Fstack();
        Assert.StartsWith(message, tool.Refused(line));
    }

    [Fact]
    public void Without_arguments_the_tool_says_what_to_do_first_with_commands_that_exist()
    {
        using var tool = new Fstack();
        var output = new StringWriter();
        Assert.Equal(App.Done, App.Run([], output, TextWriter.Null));
        var lines = output.ToString().Split('\n').Where(line => line.StartsWith("  fstack ")).Select(line => line[9..].Split(' ')[0]);
        Assert.Equal(["demo", "evaluate", "fit", "predict", "explain", "new"], lines);
        Assert.All(lines, command => tool.Done($"{command} --help"));
    }

    [Fact]
    public void An_unknown_command_is_reported_with_the_known_ones()
    {
        using var tool = new Fstack();
        Assert.StartsWith("'evalute' is not a command. Did you mean 'evaluate'? Commands: ", tool.Refused("evalute --data ./data.csv"));
        Assert.StartsWith("'make' is not a command. Commands: list, get. See 'fstack data --help'.", tool.Refused("data make"));
        Assert.StartsWith("a command is missing. Commands: list, get. See 'fstack data --help'.", tool.Refused("data"));
    }
}
