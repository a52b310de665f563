using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public class NewCommandTests
{
    [Fact]
    public void The_spec_has_comments_and_fits_the_same_model_as_the_default()
    {
        using var tool = new Fstack(Sheet.Passengers(60));
        var ran = tool.Done("new --data ./data.csv --target y --out ./new.json");
        Assert.StartsWith(tool.At("new.json") + ": a stack of boostingShallow, ", ran.Output);
        var text = File.ReadAllText(tool.At("new.json"));
        Assert.Contains("/* The default stack for ", text);
        Assert.Contains("/* The bases are cross-fitted", text);
        foreach (var description in Library.Catalogue.Learners.Where(entry => entry.Name is "gradientBoosting" or "logistic"))
            Assert.Contains(description.Description, text);
        tool.Done("fit --data ./data.csv --target y --model ./default.fstack --threads 1");
        tool.Done("fit --data ./data.csv --target y --spec ./new.json --model ./new.fstack --threads 1");
        Assert.Equal(Predictions(tool, "default"), Predictions(tool, "new"));
    }

    [Fact]
    public void By_default_the_spec_goes_to_standard_output()
    {
        using var tool = new Fstack();
        var ran = tool.Done("new --data ./data.csv --target y");
        Assert.True(SpecFile.Parse(ran.Output, "spec.json") is Outcome<StackSpec>.Ok);
        Assert.StartsWith("--json and the spec would both go to standard output. Give --out a file.",
            tool.Refused("new --data ./data.csv --target y --json"));
        Assert.Equal(["command", "task", "rows", "classes", "out", "bases", "reading", "notes"],
            tool.Done("new --data ./data.csv --target y --json --out ./s.json").Json.Keys());
        Assert.StartsWith("--out: ", tool.Refused("new --data ./data.csv --target y --out ./data.csv"));
    }

    /// <summary>The commands of the first comment read the table as it was read here.</summary>
    [Fact]
    public void The_commands_in_the_comment_repeat_the_options()
    {
        using var tool = new Fstack(Sheet.Passengers(60));
        tool.Done("new --data ./data.csv --target y --task=classification --missing ? --missing it's --out ./s.json");
        // In the order of the help.
        foreach (var option in (string[])["--target y", "--task classification", "--missing '?' --missing 'it'\\''s'", "--spec "])
        {
            Assert.Contains($" {option}", Line("evaluate"));
            Assert.Contains($" {option}", Line("fit"));
        }

        Assert.EndsWith(" --model model.fstack", Line("fit"));
        Assert.DoesNotContain("--out", Line("fit"));

        string Line(string command) =>
            Assert.Single(File.ReadLines(tool.At("s.json")), line => line.Contains($"fstack {command} ")).TrimEnd();
    }

    private static string Predictions(Fstack tool, string name)
    {
        tool.Done($"predict --model ./{name}.fstack --data ./data.csv --out ./{name}.csv --probabilities");
        return File.ReadAllText(tool.At($"{name}.csv"));
    }
}
