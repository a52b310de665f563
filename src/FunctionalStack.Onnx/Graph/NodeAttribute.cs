namespace FunctionalStack.Onnx;

/// <summary>An attribute of a node, as an AttributeProto.</summary>
internal sealed record NodeAttribute(string Name, Message Content)
{
    private enum Kind
    {
        Float = 1,
        Int = 2,
        Text = 3,
        Tensor = 4,
        Graph = 5,
        Floats = 6,
        Ints = 7,
        Texts = 8,
    }

    public static NodeAttribute Of(string name, long number) => new(name, Begin(name, Kind.Int).Add(3, number));

    public static NodeAttribute Of(string name, float number) => new(name, Begin(name, Kind.Float).Add(2, number));

    public static NodeAttribute Of(string name, string text) => new(name, Begin(name, Kind.Text).Add(4, text));

    public static NodeAttribute Of(string name, Tensor tensor) => new(name, Begin(name, Kind.Tensor).Add(5, tensor.Write("")));

    /// <summary>A subgraph, as a GraphProto.</summary>
    public static NodeAttribute Of(string name, Message graph) => new(name, Begin(name, Kind.Graph).Add(6, graph));

    public static NodeAttribute Of(string name, IEnumerable<long> numbers) => new(name, Begin(name, Kind.Ints).Add(8, numbers));

    public static NodeAttribute Of(string name, IEnumerable<string> texts)
    {
        var message = Begin(name, Kind.Texts);
        foreach (var text in texts) message.Add(9, text);
        return new(name, message);
    }

    public static NodeAttribute Of(string name, IEnumerable<float> numbers)
    {
        var message = Begin(name, Kind.Floats);
        foreach (var number in numbers) message.Add(7, number);
        return new(name, message);
    }

    private static Message Begin(string name, Kind kind) => new Message().Add(1, name).Add(20, (long)kind);
}
