using FunctionalStack.Neural;

namespace FunctionalStack.Onnx;

/// <summary>Reads the nodes of a graph in order, for one assumption on the order of the input's elements.</summary>
internal sealed class Walk
{
    private readonly FileGraph graph;
    private readonly Dictionary<string, Value> values = new(StringComparer.Ordinal);
    private readonly List<Note> notes = [];

    // Numbers that may still be copied: constants can be used again and again.
    private long left;

    public Walk(FileGraph graph, FilePort input, Signal start, long numbers)
    {
        (this.graph, left) = (graph, numbers);
        Batch = input.Dims![0];
        foreach (var (name, tensor) in graph.Constants) values[name] = new Constant(tensor);
        values[input.Name] = start;
    }

    /// <summary>The number of rows if the file fixes it; otherwise 0.</summary>
    public long Batch { get; }

    public int Opset => graph.Opset;

    /// <summary>Nodes read so far.</summary>
    public int Progress { get; private set; }

    /// <summary>What was read in another form than that of the file.</summary>
    public EquatableArray<Note> Notes => EquatableArray.From(notes);

    /// <summary>Reads the nodes that the output depends on.</summary>
    public Signal Read(string output)
    {
        var needed = Needed(output);
        foreach (var (node, at) in graph.Nodes.Select((node, at) => (node, at)))
        {
            if (!needed[at]) continue;
            Progress = at;
            if (node.Domain is not ("" or "ai.onnx"))
                throw node.Refused($"its operators of '{node.Domain}' have no form as layers");
            if (!values.TryAdd(node.Outputs[0], OnnxOperators.Read(node, this)))
                throw node.Refused($"makes '{node.Outputs[0]}', which is there already", "Export or copy the file again.");
            node.CheckAttributes();
        }

        return values.GetValueOrDefault(output) as Signal
            ?? throw new UnreadableException($"output '{output}'", "does not depend on the input", "Give the file of a net.");
    }

    public Value? Find(FileNode node, int input)
    {
        if (input >= node.Inputs.Count || node.Inputs[input].Length == 0) return null;
        return values.GetValueOrDefault(node.Inputs[input])
            ?? throw node.Refused($"reads '{node.Inputs[input]}', which no node before it makes");
    }

    public Value Of(FileNode node, int input) => Find(node, input) ?? throw node.Refused($"has no input {input + 1}");

    /// <summary>The layers of an input. Zeros around it are only for those that ask for them.</summary>
    public Signal Signal(FileNode node, int input, bool padded = false) =>
        Of(node, input) is not Signal signal ? throw node.Refused($"its input {input + 1} does not depend on the input of the net")
        : signal.Around.IsNone || padded ? signal
        : throw node.Refused("reads an image with zeros around it, which only a Conv can here");

    public FileTensor? FindTensor(FileNode node, int input) => Find(node, input) switch
    {
        null => null,
        Constant constant => constant.Tensor,
        _ => throw node.Refused($"its input {input + 1} is not a constant"),
    };

    public FileTensor Tensor(FileNode node, int input) => FindTensor(node, input) ?? throw node.Refused($"has no input {input + 1}");

    /// <summary>A constant's numbers in single precision.</summary>
    public float[] Floats(FileTensor tensor, FileNode node)
    {
        Spend(tensor.Count, node);
        if (tensor.Type is FileTensor.Number.Half or FileTensor.Number.Double)
        {
            var note = new Note("the file",
                $"has numbers in {(tensor.Type == FileTensor.Number.Half ? "half" : "double")} precision; the net computes in single");
            if (!notes.Contains(note)) notes.Add(note);
        }

        return tensor.Floats();
    }

    /// <summary>Counts numbers before they are allocated.</summary>
    public void Spend(long count, FileNode node)
    {
        left -= count;
        if (left < 0) throw node.Refused("the layers need far more numbers than the file holds");
    }

    public void Note(FileNode node, string what) => notes.Add(new(node.Where, what));

    // What no output needs, such as the labels of classes, is not read.
    private bool[] Needed(string output)
    {
        var (names, needed) = (new HashSet<string>([output], StringComparer.Ordinal), new bool[graph.Nodes.Count]);
        for (var at = needed.Length - 1; at >= 0; at--)
        {
            var node = graph.Nodes[at];
            if (!node.Outputs.Any(name => name.Length > 0 && names.Contains(name))) continue;
            if (node.Outputs.Skip(1).FirstOrDefault(names.Contains) is { } other)
                throw node.Refused($"only its first output can be read, but '{other}' is needed");
            needed[at] = true;
            names.UnionWith(node.Inputs);
        }

        return needed;
    }
}
