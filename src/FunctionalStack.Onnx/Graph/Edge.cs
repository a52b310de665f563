namespace FunctionalStack.Onnx;

/// <summary>A value of the graph: an input, a constant, or an output of an operation. Immutable; identity is equality.</summary>
internal abstract class Edge
{
    /// <summary>An input of the graph.</summary>
    public sealed class Given(string name) : Edge
    {
        public string Name => name;
    }

    /// <summary>A constant.</summary>
    public sealed class Constant(Tensor tensor) : Edge
    {
        public Tensor Tensor => tensor;
    }

    /// <summary>An output of an operation.</summary>
    public sealed class Made(Operation operation, int output) : Edge
    {
        public Operation Operation => operation;

        public int Output => output;
    }

    /// <summary>The same value, whose nodes are named by a path of the composition: those that no inner path names.</summary>
    public Edge Within(string path) => this is Made { Operation.Path: null } made
        ? new Made(made.Operation.Within(path), made.Output)
        : this;

    public static implicit operator Edge(double number) => new Constant(Tensor.Of([number]));

    public static implicit operator Edge(long number) => new Constant(Tensor.Of([number]));

    public static implicit operator Edge(Tensor tensor) => new Constant(tensor);

    public static Edge operator +(Edge left, Edge right) =>
        new Operation(left.RoundsTo(0) || right.RoundsTo(0) ? "Sum" : "Add", [left, right])[0];

    public static Edge operator -(Edge left, Edge right) =>
        right is Constant { Tensor: var tensor } && right.RoundsTo(0) ? left + (Edge)tensor.Times(-1)
        : new Operation("Sub", [left, right])[0];

    public static Edge operator *(Edge left, Edge right) =>
        left.RoundsTo(1) ? right * left
        : right is Constant { Tensor: var tensor } && right.RoundsTo(1) ? Product(Product(left, tensor.Times(0.5)), 2.0)
        : Product(left, right);

    public static Edge operator /(Edge left, Edge right) =>
        right is Constant { Tensor: var tensor } && right.RoundsTo(1) ? Product(Quotient(left, tensor.Times(2)), 2.0)
        : Quotient(left, right);

    private static Edge Product(Edge left, Edge right) => new Operation("Mul", [left, right])[0];

    private static Edge Quotient(Edge left, Edge right) => new Operation("Div", [left, right])[0];

    // onnxruntime leaves out a sum with one 0, and a product or quotient with one 1. It compares in single precision, so that it also
    // leaves
    // out products with 1 + 1e-12. Powers of two keep the result, bit for bit.
    private bool RoundsTo(float number) =>
        this is Constant { Tensor.Single: { } single } && (float)single == number && single != number;
}

/// <summary>A node of the graph before it has a name.</summary>
/// <param name="type">The operator.</param>
/// <param name="inputs">The inputs; null for an optional one that is absent.</param>
/// <param name="attributes">The attributes.</param>
internal sealed class Operation(string type, Edge?[] inputs, params NodeAttribute[] attributes)
{
    /// <summary>The domain of trees and encoders.</summary>
    public const string MachineLearning = "ai.onnx.ml";

    public string Type => type;

    public IReadOnlyList<Edge?> Inputs => inputs;

    public IReadOnlyList<NodeAttribute> Attributes => attributes;

    /// <summary>The domain of the operator; empty for ONNX's own.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The number of outputs.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>The path of the composition that it computes; null for that of the operation that reads it.</summary>
    public string? Path { get; private init; }

    /// <summary>The end of the node's name; null for the operator. Runtimes show the name if the node fails.</summary>
    public string? Label { get; init; }

    /// <summary>One of its outputs.</summary>
    public Edge this[int output] => new Edge.Made(this, output);

    public Operation Within(string path) =>
        new(type, inputs, attributes) { Domain = Domain, Outputs = Outputs, Label = Label, Path = path };
}
