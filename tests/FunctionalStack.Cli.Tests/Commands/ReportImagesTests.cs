using FunctionalStack.Cli.Tests.Images;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

/// <summary>The option <c>--report</c> of the commands for images.</summary>
public class ReportImagesTests : TrainFixture
{
    private string Page(string folder) => File.ReadAllText(tool.At($"{folder}/index.html"));

    [Fact]
    public void A_training_has_curves_layers_and_predictions_of_test_images()
    {
        Stripes.Idx(tool, "img");
        Assert.Equal($"{tool.At("r")}/index.html",
            tool.Done($"{Short} --backend host --report ./r --json").Json.GetProperty("report").GetString());
        foreach (var part in new[] { "training", "layers", "predictions", "mistakes" })
            Assert.Contains($"<section id=\"{part}\"", Page("r"), StringComparison.Ordinal);
        Assert.Contains("<figure id=\"loss\"", Page("r"), StringComparison.Ordinal);
        var scored = tool.Done("evaluate --images ./img --model ./m.fstack --backend host --report ./s --json").Json;
        Assert.Equal($"{tool.At("s")}/index.html", scored.GetProperty("report").GetString());
        Assert.Contains("<section id=\"scores\"", Page("s"), StringComparison.Ordinal);
        tool.Done("evaluate --images ./img --folds 2 --epochs 1 --batch 10 --backend host --report ./c");
        Assert.Contains("<section id=\"folds\"", Page("c"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_refused_before_the_training()
    {
        Stripes.Idx(tool, "img");
        tool.Write("file", "");
        Assert.Contains("--report: ", Refused($"{Short} --report ./file"), StringComparison.Ordinal);
        Assert.False(File.Exists(tool.At("m.fstack")));
    }
}
