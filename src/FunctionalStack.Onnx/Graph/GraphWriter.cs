using System.Security.Cryptography;

namespace FunctionalStack.Onnx;

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Dims">The dimensions after the number of rows.</param>
internal sealed record Port(string Name, ElementType Type, params EquatableArray<long> Dims)
{
    /// <summary>Whether it is one number, and not an array with rows.</summary>
    public bool IsScalar { get; init; }

    public Message Write()
    {
        const int name = 1, type = 2, tensor = 1, element = 1, shape = 2, dim = 1, value = 1, param = 2;
        var dims = new Message();
        if (!IsScalar) dims.Add(dim, new Message().Add(param, "rows"));
        foreach (var length in Dims) dims.Add(dim, new Message().Add(value, length));
        return new Message().Add(name, Name)
            .Add(type, new Message().Add(tensor, new Message().Add(element, (long)Type).Add(shape, dims)));
    }
}

/// <summary>
/// Writes edges as a GraphProto. Nodes with the same operator, inputs and attributes are written once, and what no output depends on is not
/// written.
/// </summary>
internal sealed class GraphWriter
{
    private const int NodeField = 1, NameField = 2, InitializerField = 5, InputField = 11, OutputField = 12;

    private readonly string prefix;
    private readonly List<Message> nodes = [];
    private readonly List<Message> constants = [];
    private readonly HashSet<string> taken;
    private readonly Dictionary<Edge, string> names = [];
    private readonly Dictionary<Operation, string[]> outputs = [];
    private readonly Dictionary<string, string[]> alike = [];
    private readonly SortedSet<string> domains = new(StringComparer.Ordinal);

    private GraphWriter(string prefix, IEnumerable<string> reserved) =>
        (this.prefix, taken) = (prefix, reserved.ToHashSet(StringComparer.Ordinal));

    /// <summary>The graph, the number of its nodes, and the domains of their operators.</summary>
    public static (Message Graph, int Nodes, IReadOnlyCollection<string> Domains) Write(string name, IReadOnlyList<Port> inputs,
        IReadOnlyList<(Port Port, Edge Edge)> outputs)
    {
        var writer = new GraphWriter("", [.. inputs.Select(input => input.Name), .. outputs.Select(output => output.Port.Name)]);
        foreach (var (port, edge) in outputs) writer.Copy(edge, port.Name);
        return (writer.Finish(name, inputs.Select(input => input.Write()), outputs.Select(output => output.Port.Write())),
            writer.nodes.Count, writer.domains);
    }

    /// <summary>The body of a loop. Its names begin with a tilde, since they must differ from those outside.</summary>
    public static Message WriteBody(IReadOnlyList<Port> inputs, IReadOnlyList<(Port Port, Edge Edge)> outputs)
    {
        var writer = new GraphWriter("~", [.. inputs.Select(input => input.Name), .. outputs.Select(output => output.Port.Name)]);
        foreach (var (port, edge) in outputs) writer.Copy(edge, port.Name);
        return writer.Finish("body", inputs.Select(input => input.Write()), outputs.Select(output => output.Port.Write()));
    }

    private Message Finish(string name, IEnumerable<Message> inputs, IEnumerable<Message> ends)
    {
        var graph = new Message();
        foreach (var node in nodes) graph.Add(NodeField, node);
        graph.Add(NameField, name);
        foreach (var constant in constants) graph.Add(InitializerField, constant);
        foreach (var input in inputs) graph.Add(InputField, input);
        foreach (var end in ends) graph.Add(OutputField, end);
        return graph;
    }

    // An output has the name of its port, and several outputs may be one edge.
    private void Copy(Edge edge, string name) =>
        nodes.Add(Node("Identity", "", [NameOf(edge, "output")], [name], $"output/{name}", []));

    private string NameOf(Edge edge, string path)
    {
        if (names.TryGetValue(edge, out var known)) return known;
        return names[edge] = edge switch
        {
            Edge.Given given => given.Name,
            Edge.Constant constant => Constant(constant.Tensor),
            Edge.Made made => Made(made.Operation, path)[made.Output],
            _ => throw new InvalidOperationException(),
        };
    }

    private string Constant(Tensor tensor)
    {
        var key = $"constant {Digest(tensor.Write(""))}";
        if (alike.TryGetValue(key, out var known)) return known[0];
        var name = Fresh($"constant{constants.Count}");
        constants.Add(tensor.Write(name));
        alike[key] = [name];
        return name;
    }

    private string[] Made(Operation operation, string path)
    {
        if (outputs.TryGetValue(operation, out var known)) return known;
        var own = operation.Path ?? path;
        var inputs = operation.Inputs.Select(input => input is null ? "" : NameOf(input, own)).ToArray();
        var key = string.Join('\n', [operation.Domain, operation.Type, operation.Label, $"{operation.Outputs}", .. inputs, "",
            .. operation.Attributes.Select(attribute => Digest(attribute.Content))]);
        if (!alike.TryGetValue(key, out var made))
        {
            var name = Fresh($"{own}/{operation.Label ?? operation.Type}");
            made = [name, .. Enumerable.Range(1, operation.Outputs - 1).Select(at => Fresh($"{name}:{at}"))];
            nodes.Add(Node(operation.Type, operation.Domain, inputs, made, name, operation.Attributes));
            alike[key] = made;
            domains.Add(operation.Domain);
        }

        return outputs[operation] = made;
    }

    private static Message Node(string type, string domain, string[] inputs, string[] outputs, string name,
        IReadOnlyList<NodeAttribute> attributes)
    {
        const int input = 1, output = 2, named = 3, op = 4, attribute = 5, of = 7;
        var node = new Message();
        foreach (var one in inputs) node.Add(input, one);
        foreach (var one in outputs) node.Add(output, one);
        node.Add(named, name).Add(op, type);
        foreach (var one in attributes) node.Add(attribute, one.Content);
        return domain.Length == 0 ? node : node.Add(of, domain);
    }

    private string Fresh(string name)
    {
        var fresh = prefix + name;
        for (var number = 2; !taken.Add(fresh); number++) fresh = $"{prefix}{name}_{number}";
        return fresh;
    }

    private static string Digest(Message message)
    {
        using var sha = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write)) message.WriteTo(stream);
        return Convert.ToHexString(sha.Hash!);
    }
}
