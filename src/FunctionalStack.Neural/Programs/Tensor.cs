namespace FunctionalStack.Neural;

/// <summary>
/// A tensor while a program is compiled: its data, the view that its readers use (including a following batch normalization and
/// activation, which are therefore never stored), and, after its readers' backward operations are compiled, the location of the
/// gradient with respect to that view.
/// </summary>
internal sealed class Tensor(Slice data, Shape shape, bool needsGradient)
{
    public Source Source { get; private set; } = new(data, shape);

    public Shape Shape => Source.Shape;

    /// <summary>Whether a layer before it has parameters.</summary>
    public bool NeedsGradient => needsGradient;

    /// <summary>Whether it has a gradient: a normalized view needs the gradients of gamma and beta even if no layer before it has
    /// parameters.</summary>
    public bool Learns => NeedsGradient || Sums is not null;

    /// <summary>Whether it has more than one reader. Nothing is then fused into its view.</summary>
    public bool Shared { get; set; }

    /// <summary>The gradient with respect to the reader's output, and the reader's pooling, if any.</summary>
    public (Slice Data, Pooling? Pooling)? Upstream { get; set; }

    /// <summary>The destination of the gradients of gamma and beta, if it is normalized.</summary>
    public NormalizationSums? Sums { get; private set; }

    /// <summary>Whether an operation has already written <see cref="Sums"/>.</summary>
    public bool SumsAreReady { get; set; }

    public void Normalize(Normalization normalization, NormalizationSums? sums) =>
        (Source, Sums) = (Source with { Normalization = normalization }, sums);

    public void Activate(Activation activation) => Source = Source with { Activation = activation };

    /// <summary>Reshapes it to a vector; only if nothing is per channel.</summary>
    public void Flatten() => Source = Source with { Shape = Shape.Vector(Shape.Size) };
}
