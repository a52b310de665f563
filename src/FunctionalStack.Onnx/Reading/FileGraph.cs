namespace FunctionalStack.Onnx;

/// <summary>An input or output of a file.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The number of the type of elements; 0 if it is not given.</param>
/// <param name="Dims">The dimensions; 0 for a length that is not fixed. Null if they are not given.</param>
internal sealed record FilePort(string Name, int Type, long[]? Dims);

/// <summary>The content of an ONNX file, unchecked.</summary>
internal sealed class FileGraph
{
    private const int Most = 100_000;
    private const int MostDims = 16;

    public FileGraph(ReadOnlyMemory<byte> file)
    {
        const int graph = 7, opset = 8, metadata = 14;
        if (file.Length == 0) throw UnreadableException.Damaged("it is empty");
        ReadOnlyMemory<byte>? found = null;
        foreach (var field in Field.Of(file))
        {
            switch (field.Number)
            {
                case graph when field.IsBytes: found = field.Bytes; break;
                case opset when field.IsBytes:
                    var (domain, version) = Pair(field.Bytes);
                    if (domain is "" or "ai.onnx") Opset = (int)Math.Clamp(version.Int64, 0, int.MaxValue);
                    break;
                case metadata when field.IsBytes:
                    var (key, value) = Pair(field.Bytes);
                    if (Metadata.Count < Most) Metadata[key] = value.Text;
                    break;
            }
        }

        Read(found ?? throw UnreadableException.Damaged("it has no graph"));
    }

    public List<FileNode> Nodes { get; } = [];

    public Dictionary<string, FileTensor> Constants { get; } = new(StringComparer.Ordinal);

    /// <summary>The inputs that the caller gives: those without a constant.</summary>
    public List<FilePort> Inputs { get; } = [];

    public List<FilePort> Outputs { get; } = [];

    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>The version of ONNX's own operators; 0 if none is given.</summary>
    public int Opset { get; }

    private void Read(ReadOnlyMemory<byte> graph)
    {
        const int node = 1, constant = 5, input = 11, output = 12, sparse = 15;
        foreach (var field in Field.Of(graph))
        {
            switch (field.Number)
            {
                case node: Nodes.Add(new(field.Bytes, Nodes.Count)); break;
                case constant:
                    var tensor = new FileTensor(field.Bytes);
                    Constants[tensor.Name] = tensor;
                    break;
                case input: Inputs.Add(Port(field.Bytes)); break;
                case output: Outputs.Add(Port(field.Bytes)); break;
                case sparse: throw new UnreadableException("the graph", "has sparse constants", OnnxOperators.Remedy);
            }

            if (Nodes.Count + Constants.Count + Inputs.Count + Outputs.Count > Most)
                throw new UnreadableException("the graph", $"has more than {Most} parts", OnnxOperators.Remedy);
        }

        Inputs.RemoveAll(port => Constants.ContainsKey(port.Name));
    }

    private static (string Text, Field Value) Pair(ReadOnlyMemory<byte> message)
    {
        var (text, value) = ("", default(Field));
        foreach (var field in Field.Of(message))
        {
            if (field.Number == 1) text = field.Text;
            else if (field.Number == 2) value = field;
        }

        return (text, value);
    }

    private static FilePort Port(ReadOnlyMemory<byte> message)
    {
        var (name, type, dims) = ("", 0, (List<long>?)null);
        foreach (var field in Field.Of(message))
        {
            if (field.Number == 1) name = field.Text;
            if (field.Number != 2) continue;
            foreach (var part in Field.Of(field.Bytes).Where(part => part.Number == 1).SelectMany(part => Field.Of(part.Bytes)))
            {
                if (part.Number == 1) type = (int)Math.Clamp(part.Int64, 0, 1000);
                if (part.Number != 2) continue;
                dims = [.. Field.Of(part.Bytes).Where(dim => dim.Number == 1).Take(MostDims + 1).Select(dim => Length(dim.Bytes))];
            }
        }

        return dims is { Count: > MostDims } ? throw UnreadableException.Damaged($"'{name}' has more than {MostDims} dimensions")
            : new(name, type, dims?.ToArray());
    }

    private static long Length(ReadOnlyMemory<byte> dim)
    {
        foreach (var field in Field.Of(dim))
        {
            if (field is { Number: 1, IsBytes: false, Int64: > 0 }) return field.Int64;
        }

        return 0;
    }
}
