using FunctionalStack.Cli.Tests.Images;
using FunctionalStack.IO;
using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public sealed class PredictImagesTests : IDisposable
{
    private readonly Fstack tool = new();

    public PredictImagesTests()
    {
        Stripes.Idx(tool, "img");
        tool.Done("train --images ./img --epochs 2 --batch 10 --backend host --model ./m.fstack --checkpoint ./c.fstack");
    }

    public void Dispose() => tool.Dispose();

    /// <summary>The probabilities equal those of the library exactly, after writing and reading two files.</summary>
    [Fact]
    public void Test_images_get_a_class_and_probabilities()
    {
        var ran = tool.Done("predict --model ./m.fstack --images ./img --out ./p.csv --probabilities --backend host --json");
        Assert.Equal(["command", "model", "rows", "out", "seconds", "notes", "backend", "device"], ran.Json.Keys());
        Assert.Equal(30, ran.Json.GetProperty("rows").GetInt32());
        var written = tool.Table("p.csv");
        Assert.Equal(["image", "class", "P(0)", "P(1)", "P(2)"], written.Names);
        Assert.Equal(Enumerable.Range(1, 30).Select(number => $"{number}"), written["image"]);

        var net = ModelFile.Load<NetworkModel>(tool.At("m.fstack")).OrThrow().Model;
        var images = IdxFile.ReadImages(tool.At("img/t10k-images-idx3-ubyte")).OrThrow();
        using var backend = new HostBackend(1);
        var predicted =
            Inference.Predict(backend, net.Network, net.Variables, new Examples.Bytes(new(8, 8, 1), images.Pixels),
                LossKind.SoftmaxCrossEntropy).OrThrow();
        for (var row = 0; row < 30; row++)
        {
            var probabilities = predicted.Row(row).ToArray();
            Assert.Equal(probabilities, Enumerable.Range(0, 3).Select(level => (float)written.Numbers($"P({level})")[row]));
            Assert.Equal($"{Array.IndexOf(probabilities, probabilities.Max())}", written["class"][row]);
        }

        tool.Done(
            "predict --model ./m.fstack --images ./img/t10k-images-idx3-ubyte --out ./q.csv --probabilities --backend host --threads 1");
        Assert.Equal(tool.Bytes("p.csv"), tool.Bytes("q.csv"));
    }

    [Fact]
    public void Pictures_are_identified_by_their_files()
    {
        Stripes.Folders(tool, "pictures", each: 2);
        tool.Done("predict --model ./m.fstack --images ./pictures --out ./p.csv");
        Assert.Equal(["image", "class"], tool.Table("p.csv").Names);
        Assert.Equal(["across/00.png", "across/01.png", "blot/00.png", "blot/01.png", "down/00.png", "down/01.png"],
            tool.Table("p.csv")["image"]);
    }

    [Fact]
    public void Inputs_that_do_not_fit_the_model_are_refused()
    {
        Stripes.Idx(tool, "other", side: 9);
        Stripes.Folders(tool, "pictures", side: 7);
        Directory.CreateDirectory(tool.At("none"));
        tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./table.fstack");
        const string Size =
            "but the net reads images of 8x8x1 (height x width x channels). Scale them, or give a net that was trained on images of this "
                + "size, or with --size.";
        Assert.Equal($"other/t10k-images-idx3-ubyte: the size is 9x9x1, {Size}", Refused("./m.fstack --images ./other"));
        Assert.Equal($"pictures/across/00.png: the size is 7x7x1, {Size}", Refused("./m.fstack --images ./pictures"));
        Assert.StartsWith("none: has no images.", Refused("./m.fstack --images ./none"));
        Assert.StartsWith("absent: no such folder.", Refused("./m.fstack --images ./absent"));
        Assert.StartsWith("data.csv: it should be IDX images", Refused("./m.fstack --images ./data.csv"));
        Assert.StartsWith("table.fstack: is a model for tables, not a net for images. Give the rows with --data.",
            Refused("./table.fstack --images ./img"));
        Assert.StartsWith("c.fstack: is a checkpoint, not a model.", Refused("./c.fstack --images ./img"));
        Assert.StartsWith("c.fstack: is a checkpoint, not a model.", Refused("./c.fstack --data ./data.csv"));
        Assert.StartsWith("m.fstack: is a net for images, not for tables. Give --images.", Refused("./m.fstack --data ./data.csv"));
        Assert.StartsWith("Give --data for a model for tables, or --images for a net for images.", Refused("./m.fstack"));
        Assert.StartsWith("Give --data for a model for tables, or --images for a net for images.",
            Refused("./m.fstack --data ./data.csv --images ./img"));
        Assert.StartsWith("--id is for --data. ", Refused("./m.fstack --images ./img --id id"));

        string Refused(string rest) => tool.Refused($"predict --out ./p.csv --model {rest}");
    }
}
