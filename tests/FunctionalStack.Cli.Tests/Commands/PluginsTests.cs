using System.Reflection;
using FunctionalStack.IO;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

/// <summary>Learners of an assembly unknown to the tool, loaded with <c>--plugin</c>.</summary>
public class PluginsTests
{
    private const string Spec =
        """
        {"version":1,"stack":{"folds":{"k":3},"bases":[{"learner":"nearestMean"},
          {"name":"clipped","learner":"knn",
           "preprocess":["dropUseless","standardize",{"name":"clip","params":{"bound":2}},"impute","oneHot"]}]}}
        """;

    private static string Sample => Path.Combine(AppContext.BaseDirectory, "plugins", "FunctionalStack.Plugin.Sample.dll");

    [Fact]
    public void A_plugins_learner_is_evaluated_fitted_saved_and_predicts()
    {
        using var tool = new Fstack(spec: Spec);
        var scores = tool.Done($"evaluate --data ./data.csv --target y --id id --spec ./spec.json --folds 3 --plugin {Sample} --json").Json;
        Assert.InRange(scores.Model("nearestMean").GetProperty("accuracy").GetProperty("mean").GetDouble(), 0.5, 1);

        var fit = $"fit --data ./data.csv --target y --id id --spec ./spec.json --plugin {Sample} --run ./run --model ./m.fstack";
        Assert.Empty(tool.Done($"{fit} --json").Json.Texts("notes"));
        var first = tool.Bytes("m.fstack");
        Assert.Equal(0, tool.Done($"{fit} --json").Json.GetProperty("run").GetProperty("fitted").GetInt32());
        Assert.Equal(first, tool.Bytes("m.fstack"));

        tool.Done($"predict --model ./m.fstack --data ./data.csv --plugin {Sample} --out ./p.csv");
        Assert.Equal(tool.Table("data.csv")["id"], tool.Table("p.csv")["id"]);
        // The card has the fitted spec, with and without the plugin.
        foreach (var with in new[] { $" --plugin {Sample}", "" })
        {
            Assert.Contains("nearestMean", tool.Done($"inspect ./m.fstack{with} --json").Json.GetProperty("spec").ToString());
        }
    }

    [Fact]
    public void Without_the_plugin_specs_and_models_that_name_its_learners_are_refused()
    {
        using var tool = new Fstack(spec: Spec);
        Assert.StartsWith(
            "spec.json: $.stack.bases[0].learner: 'nearestMean' is not a learner. ",
            tool.Refused("evaluate --data ./data.csv --target y --spec ./spec.json"));
        tool.Done($"fit --data ./data.csv --target y --id id --spec ./spec.json --plugin {Sample} --model ./m.fstack");
        var refused = tool.Refused("predict --model ./m.fstack --data ./data.csv --out ./p.csv");
        Assert.StartsWith("m.fstack: the model has a 'sample.", refused);
        Assert.Contains("--plugin FILE.dll", refused);
    }

    [Fact]
    public void Files_that_are_not_plugins_are_refused_by_every_command()
    {
        using var tool = new Fstack().Write("words.dll", "words");
        tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack");
        foreach (var command in new[]
        {
            "evaluate --data ./data.csv --target y --spec ./spec.json",
            "fit --data ./data.csv --target y --spec ./spec.json --model ./other.fstack",
            "predict --model ./m.fstack --data ./data.csv --out ./p.csv",
            "inspect ./m.fstack",
        })
        {
            Assert.Equal("absent.dll: no such file. Check the path.", tool.Refused($"{command} --plugin ./absent.dll"));
            Assert.StartsWith("words.dll: is not a .NET assembly. Give the .dll", tool.Refused($"{command} --plugin ./words.dll"));
            Assert.Contains("holds no catalogue. Give the .dll", tool.Refused($"{command} --plugin {typeof(ModelFile).Assembly.Location}"));
            Assert.Contains(
                "the learner name 'nearestMean' of FunctionalStack.Plugin.Sample.NearestMean is already taken by "
                    + "FunctionalStack.Plugin.Sample.NearestMean. Give the learner another Name.",
                tool.Refused($"{command} --plugin {Sample} --plugin {Sample}"));
        }
    }

    [Fact]
    public void A_plugin_is_not_overwritten_and_not_accepted_with_images()
    {
        using var tool = new Fstack();
        File.Copy(Sample, tool.At("my.dll"));
        Assert.Contains("would replace the file of --plugin",
            tool.Refused("fit --data ./data.csv --target y --plugin ./my.dll --model ./my.dll"));
        var images = "predict --model ./m.fstack --images mnist --out ./p.csv --plugin ./my.dll";
        Assert.Contains("--plugin is for --data", tool.Refused(images));
    }

    [Fact]
    public void The_tool_does_not_know_the_plugin() =>
        Assert.DoesNotContain(Assembly.Load("fstack").GetReferencedAssemblies(), name => name.Name == "FunctionalStack.Plugin.Sample");
}
