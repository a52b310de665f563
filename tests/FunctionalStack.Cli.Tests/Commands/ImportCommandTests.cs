using FunctionalStack.Cli.Tests.Images;
using FunctionalStack.IO;
using FunctionalStack.Neural;
using FunctionalStack.Onnx;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public sealed class ImportCommandTests : IDisposable
{
    private readonly Fstack tool = new();

    public ImportCommandTests()
    {
        Stripes.Idx(tool, "img");
        tool.Done("train --images ./img --epochs 1 --batch 10 --backend host --model ./n.fstack");
        tool.Done("export --model ./n.fstack --onnx ./n.onnx");
    }

    public void Dispose() => tool.Dispose();

    [Fact]
    public void A_net_that_was_exported_predicts_the_same_bytes()
    {
        var json = tool.Done("import --onnx ./n.onnx --model ./again.fstack --json").Json;
        Assert.Equal(["command", "file", "model", "classes", "network", "notes"], json.Keys());
        Assert.Equal("import", json.GetProperty("command").GetString());
        Assert.Equal(["0", "1", "2"], json.Texts("classes"));
        tool.Done("predict --model ./n.fstack --images ./img --out ./a.csv --probabilities");
        tool.Done("predict --model ./again.fstack --images ./img --out ./b.csv --probabilities");
        Assert.Equal(File.ReadAllBytes(tool.At("a.csv")), File.ReadAllBytes(tool.At("b.csv")));
        Assert.Contains("written", tool.Done("import --onnx ./n.onnx --model ./again.fstack --classes across,down,blot").Output);
        Assert.Equal(["across", "down", "blot"], tool.Done("inspect ./again.fstack --json").Json.Texts("classes"));
    }

    [Fact]
    public void A_file_without_classes_has_numbers_and_other_files_are_refused()
    {
        var network = Network.Of(new(4, 4, 1), new Layer.Conv2D(2), new Layer.Flatten(), new Layer.Dense(2));
        Write("plain.onnx", network);
        var run = tool.Run("import --onnx ./plain.onnx --model ./p.fstack");
        Assert.Equal(App.Done, run.Code);
        Assert.Contains("the file names no classes", run.Error);
        Assert.Equal(["0", "1"], ModelFile.Describe(tool.At("p.fstack")).OrThrow().Levels);

        Write("vector.onnx", Network.Of(Neural.Shape.Vector(4), new Layer.Dense(2)));
        Assert.Contains("reads vectors of 4", tool.Refused("import --onnx ./vector.onnx --model ./v.fstack"));
        Write("one.onnx", Network.Of(new(4, 4, 1), new Layer.Flatten(), new Layer.Dense(1), new Layer.Sigmoid()));
        Assert.Contains("has one output", tool.Refused("import --onnx ./one.onnx --model ./v.fstack"));
        Assert.Contains("damaged", tool.Refused("import --onnx ./n.fstack --model ./v.fstack"));
        Assert.Contains("where the net has 2 outputs", tool.Refused("import --onnx ./plain.onnx --model ./v.fstack --classes a"));
        Assert.Contains("would replace the file of --onnx", tool.Refused("import --onnx ./n.onnx --model ./n.onnx"));
        Assert.False(File.Exists(tool.At("v.fstack")));
    }

    private void Write(string name, Network network) => OnnxExport.Of(
        new NetworkModel(network, Variables.Initial(network.Check().OrThrow(), Seed.Of(1)), default, 255)).OrThrow().Save(tool.At(name))
        .OrThrow();
}
