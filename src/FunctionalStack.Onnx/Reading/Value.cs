namespace FunctionalStack.Onnx;

/// <summary>What a name of the graph stands for while it is read.</summary>
internal abstract record Value;

/// <summary>Numbers that do not depend on the input.</summary>
internal sealed record Constant(FileTensor Tensor) : Value;

/// <summary>The output of the layers so far.</summary>
/// <param name="Step">The last layer.</param>
/// <param name="Layout">The order of its elements in the file.</param>
internal sealed record Signal(Step Step, Layout Layout) : Value
{
    /// <summary>Zeros around the image that only a convolution can take.</summary>
    public Edges Around { get; init; }

    /// <summary>The same, where the layers are a vector: images are flattened.</summary>
    public Signal Flat(FileNode node) => Step.Output.IsVector ? this
        : this with { Step = Step.Then(new ReadLayer(new Neural.Layer.Flatten()), node) };
}

/// <summary>Rows and columns of zeros around an image.</summary>
internal readonly record struct Edges(int Top, int Left, int Bottom, int Right)
{
    public bool IsNone => this == default;

    public Edges Plus(Edges other) => new(Top + other.Top, Left + other.Left, Bottom + other.Bottom, Right + other.Right);
}
