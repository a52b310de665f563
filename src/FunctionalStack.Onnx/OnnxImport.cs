using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionalStack.IO;
using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>
/// Reads nets from ONNX files: those that <see cref="OnnxExport"/> writes, and those of PyTorch and Keras whose layers the library has. A
/// file with anything else is refused, with the name of the node. Images are height x width x channels in the net, whatever order the file
/// has.
/// </summary>
public static class OnnxImport
{
    private const string LevelsKey = OnnxExport.MetadataPrefix + "levels";
    private const string LibraryKey = OnnxExport.MetadataPrefix + "library";

    /// <summary>The net of an ONNX file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="levels">The classes, by output; empty for those that the file names, if it was written by this library.</param>
    /// <param name="divisor">What pixels are divided by before the net, if the file does not divide its input itself: 255 for a net that
    /// was trained on pixels from 0 to 1, as with ToTensor in PyTorch. Finite, above 0.</param>
    /// <returns>The net; notes tell what has another form than in the file. Fails if the file cannot be read, and for what the library has
    /// no layer for; the failure names the node.</returns>
    public static Outcome<NetworkModel> Network(string path, EquatableArray<string> levels = default, double divisor = 1)
    {
        try
        {
            return Network(path, File.ReadAllBytes(path), levels, divisor);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return Outcome.Fail<NetworkModel>(path, $"cannot be read: {exception.Message.TrimEnd('.')}", "Check the path.");
        }
    }

    /// <summary>The net of an ONNX file in memory.</summary>
    /// <param name="name">The name for messages.</param>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="levels">The classes, by output; empty for those that the file names, if it was written by this library.</param>
    /// <param name="divisor">What pixels are divided by before the net, if the file does not divide its input itself.</param>
    public static Outcome<NetworkModel> Network(string name, ReadOnlyMemory<byte> file, EquatableArray<string> levels = default,
        double divisor = 1) =>
        UnreadableException.Try(() =>
        {
            var graph = new FileGraph(file);
            var own = graph.Metadata.ContainsKey(LibraryKey);
            return (Read: NetReader.Read(graph, file.Length, own), Levels: levels.Count > 0 ? levels : Levels(graph));
        }).Bind(found =>
        {
            var (network, variables, divided, notes) = found.Read;
            var outputs = network.Check().OrThrow().Output.Size;
            return Ensure.Twice(found.Levels) is { } twice
                ? Outcome.Fail<NetworkModel>("the classes", $"'{twice}' is there twice", "Give each class its own name.")
                : found.Levels.Count > 0 && found.Levels.Count != outputs
                ? Outcome.Fail<NetworkModel>("the classes", $"are {found.Levels.Count}, where the net has {outputs} outputs",
                    $"Give the names of {outputs} classes, in the order of the outputs.")
                : new Outcome<NetworkModel>.Ok(new NetworkModel(network, variables, found.Levels, divided == 1 ? divisor : divided), notes);
        }).At(name);

    private static EquatableArray<string> Levels(FileGraph graph)
    {
        if (!graph.Metadata.TryGetValue(LevelsKey, out var json)) return default;
        try
        {
            return JsonNode.Parse(json) is JsonArray all && all.All(level => level?.GetValueKind() == JsonValueKind.String)
                ? EquatableArray.From(all.Select(level => level!.GetValue<string>())) : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
