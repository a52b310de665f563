using FunctionalStack.Cli.Tests.Images;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public sealed class EvaluateImagesTests : IDisposable
{
    private readonly Fstack tool = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void A_net_is_scored_on_folds_of_the_images()
    {
        Stripes.Idx(tool, "img");
        var ran = tool.Done("evaluate --images ./img --folds 3 --epochs 4 --batch 10 --backend host --json");
        Assert.Equal(["command", "task", "rows", "classes", "folds", "seed", "seconds", "models", "backend", "device", "notes"],
            ran.Json.Keys());
        Assert.Equal((60, 3), (ran.Json.GetProperty("rows").GetInt32(), ran.Json.GetProperty("folds").GetInt32()));
        Assert.Equal(3, ran.Json.Model("net").GetProperty("accuracy").Items("folds").Length);
        Assert.InRange(ran.Json.Model("net").GetProperty("accuracy").GetProperty("mean").GetDouble(), 0.9, 1);
        Assert.Contains(ran.Json.Texts("notes"), note => note.Contains("30 test images are left out"));
        Assert.Equal(
            ran.Json.GetProperty("models").GetRawText(),
            tool.Done("evaluate --images ./img --folds 3 --epochs 4 --batch 10 --backend host --threads 1 --json").Json.GetProperty(
                "models").GetRawText());
        Assert.Contains("3 outer folds",
            tool.Done("evaluate --images ./img --folds 3 --epochs 1 --batch 10 --balance --validation 0.2 --patience 1").Output);
    }

    /// <summary>The score equals that of the output of predict. A folder does not need every class.</summary>
    [Fact]
    public void A_saved_net_is_scored_on_images_of_its_classes()
    {
        Stripes.Folders(tool, "pictures/train", each: 6);
        Stripes.Folders(tool, "pictures/test", each: 3);
        tool.Done("train --images ./pictures --epochs 1 --batch 6 --size 10x8 --model ./m.fstack");
        Directory.Delete(tool.At("pictures/test/blot"), recursive: true);
        var ran = tool.Done("evaluate --images ./pictures --model ./m.fstack --json");
        Assert.Equal(["command", "model", "task", "rows", "classes", "metrics", "backend", "device", "seconds", "notes"], ran.Json.Keys());
        Assert.Equal(6, ran.Json.GetProperty("rows").GetInt32());
        tool.Done("predict --images ./pictures/test --model ./m.fstack --out ./p.csv");
        var right = tool.Table("p.csv")["image"].Zip(tool.Table("p.csv")["class"]).Average(pair => pair.First.StartsWith(pair.Second) ? 1.0
            : 0);
        Assert.Equal(right, ran.Json.GetProperty("metrics").GetProperty("accuracy").GetDouble(), 1e-12);
        Assert.Contains("log-loss", tool.Done("evaluate --images ./pictures/train --model ./m.fstack").Output);
        Stripes.Folders(tool, "pictures/test", each: 1);
        Directory.Move(tool.At("pictures/test/blot"), tool.At("pictures/test/spot"));
        Assert.Contains("this class is not among the training classes", tool.Refused("evaluate --images ./pictures --model ./m.fstack"));
    }

    [Theory]
    [InlineData("--images ./img --spec ./spec.json", "--spec is for --data. ")]
    [InlineData("--images ./img --target y", "--target is for --data. ")]
    [InlineData("--images ./img --data ./data.csv --target y",
        "--data and --images are both given. Give --data to score learners on a table, or --images to score a net on images. See")]
    [InlineData("--images ./img --model ./m.fstack --epochs 3", "--epochs is for cross-validation; --model scores a trained net. ")]
    [InlineData("--data ./data.csv --target y --epochs 3", "--epochs is for --images. ")]
    [InlineData("--target y", "Option '--data' is required. ")]
    [InlineData("--images ./none", "none: no such folder. ")]
    [InlineData("--images ./none --model ./none", "none: no such file. ")]
    public void Incompatible_options_are_refused(string options, string message) =>
        Assert.StartsWith(message, tool.Refused($"evaluate {options}"));
}
