using FunctionalStack.Cli.Tests.Images;
using FunctionalStack.IO;
using FunctionalStack.Onnx;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public sealed class ExportCommandTests : IDisposable
{
    private readonly Fstack tool = new();

    public ExportCommandTests() => tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack");

    public void Dispose() => tool.Dispose();

    [Fact]
    public void The_file_is_what_the_library_exports()
    {
        var json = tool.Done("export --model ./m.fstack --onnx ./m.onnx --json").Json;
        Assert.Equal(["command", "model", "file", "opset", "bytes", "nodes", "inputs", "outputs", "notes"], json.Keys());
        Assert.Equal("export", json.GetProperty("command").GetString());
        Assert.Equal(17, json.GetProperty("opset").GetInt32());
        var expected = ModelFile.Load(tool.At("m.fstack")).Bind(OnnxExport.Of).OrThrow();
        Assert.Equal(expected.ToArray(), File.ReadAllBytes(tool.At("m.onnx")));
        Assert.Equal(expected.Length, json.GetProperty("bytes").GetInt64());
        Assert.Equal(expected.Inputs, json.Texts("inputs"));
        Assert.Equal(["label", "probabilities"], json.Texts("outputs"));
        Assert.Contains("outputs label and probabilities", tool.Done("export --model ./m.fstack --onnx ./m.onnx").Output);
    }

    [Fact]
    public void A_net_for_images_is_exported_and_a_checkpoint_is_refused()
    {
        Stripes.Idx(tool, "img");
        tool.Done("train --images ./img --epochs 1 --batch 10 --backend host --model ./n.fstack --checkpoint ./c.fstack");
        var json = tool.Done("export --model ./n.fstack --onnx ./n.onnx --json").Json;
        Assert.Equal(["images"], json.Texts("inputs"));
        Assert.Equal(["label", "probabilities"], json.Texts("outputs"));
        Assert.Contains("is a checkpoint, not a model", tool.Refused("export --model ./c.fstack --onnx ./c.onnx"));
    }

    [Fact]
    public void Files_that_cannot_be_read_or_written_are_refused()
    {
        Assert.Contains("Option '--onnx' is required.", tool.Refused("export --model ./m.fstack"));
        Assert.Contains("no such file", tool.Refused("export --model ./none.fstack --onnx ./m.onnx"));
        Assert.Contains("does not exist", tool.Refused("export --model ./m.fstack --onnx ./none/m.onnx"));
        Assert.False(File.Exists(tool.At("m.onnx")));
    }
}
