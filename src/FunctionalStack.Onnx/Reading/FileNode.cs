namespace FunctionalStack.Onnx;

/// <summary>A node of a file: an operator with its inputs and attributes. Attributes that nobody has asked for are refused.</summary>
internal sealed class FileNode
{
    private const int MostParts = 1000;

    private readonly Dictionary<string, ReadOnlyMemory<byte>> attributes = new(StringComparer.Ordinal);
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public FileNode(ReadOnlyMemory<byte> message, int place)
    {
        const int input = 1, output = 2, name = 3, type = 4, attribute = 5, domain = 7;
        var (inputs, outputs, own) = (new List<string>(), new List<string>(), "");
        foreach (var field in Field.Of(message))
        {
            switch (field.Number)
            {
                case input: inputs.Add(field.Text); break;
                case output: outputs.Add(field.Text); break;
                case name: own = field.Text; break;
                case type: Type = field.Text; break;
                case domain: Domain = field.Text; break;
                case attribute:
                    var called = Field.Of(field.Bytes).LastOrDefault(part => part.Number == 1 && part.IsBytes);
                    attributes[called.IsBytes ? called.Text : ""] = field.Bytes;
                    break;
            }

            if (inputs.Count + outputs.Count + attributes.Count > MostParts)
                throw UnreadableException.Damaged("a node has more than a thousand parts");
        }

        (Inputs, Outputs) = (inputs, outputs);
        Where = $"node {(own.Length > 0 ? $"'{own}'" : place + 1)} ({Type})";
    }

    public string Type { get; } = "";

    public string Domain { get; } = "";

    public IReadOnlyList<string> Inputs { get; }

    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The node in messages.</summary>
    public string Where { get; }

    public bool Has(string name) => attributes.ContainsKey(name);

    public long Integer(string name, long usual) => Part(name, 3) is { } field ? field.Int64 : usual;

    public float Single(string name, float usual) => Part(name, 2) is { } field ? field.Single : usual;

    public string Text(string name, string usual) => Part(name, 4) is { } field ? field.Text : usual;

    public FileTensor? Tensor(string name) => Part(name, 5) is { } field ? new(field.Bytes) : null;

    public long[]? Integers(string name)
    {
        asked.Add(name);
        if (!attributes.TryGetValue(name, out var bytes)) return null;
        long[] found = [.. Field.Of(bytes).Where(field => field.Number == 8).SelectMany(field => field.Integers()).Take(MostParts + 1)];
        return found.Length <= MostParts ? found : throw Refused($"the attribute '{name}' has more than {MostParts} numbers");
    }

    /// <summary>Attributes without influence on what is read.</summary>
    public void Ignore(params string[] names) => asked.UnionWith(names);

    /// <summary>An attribute whose meaning is not known here may change the result.</summary>
    public void CheckAttributes()
    {
        if (attributes.Keys.FirstOrDefault(name => !asked.Contains(name)) is { } other)
            throw Refused($"the attribute '{other}' is not known");
    }

    public UnreadableException Refused(string what, string remedy = OnnxOperators.Remedy) => new(Where, what, remedy);

    private Field? Part(string name, int number)
    {
        asked.Add(name);
        if (!attributes.TryGetValue(name, out var bytes)) return null;
        foreach (var field in Field.Of(bytes))
        {
            if (field.Number == number && field.IsBytes == number is 4 or 5) return field;
        }

        // Proto3 does not write zeros.
        return number is 4 or 5 ? throw Refused($"the attribute '{name}' has another kind") : new Field(number, 0, default, false);
    }
}
