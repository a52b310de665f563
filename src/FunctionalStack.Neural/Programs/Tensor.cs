namespace FunctionalStack.Neural;

/// <summary>
/// A tensor while a program is laid out: its numbers, the view its readers take of them (grown by the batch
/// normalization and the activation that follow, so that neither is ever stored), and, once its readers' backward
/// operations are laid out, where the gradient with respect to that view lies.
/// </summary>
internal sealed class Tensor(Slice data, Shape shape, bool needsGradient)
{
    public Source Source { get; private set; } = new(data, shape);

    public Shape Shape => Source.Shape;

    /// <summary>Whether anything before it learns.</summary>
    public bool NeedsGradient => needsGradient;

    /// <summary>Whether it has a gradient: a normalized view learns gamma and beta even where nothing before it learns.</summary>
    public bool Learns => NeedsGradient || Sums is not null;

    /// <summary>Read by more than one: then its view stays plain.</summary>
    public bool Shared { get; set; }

    /// <summary>The gradient with respect to what the reader saw; its pooling, if the reader was one.</summary>
    public (Slice Data, Pooling? Pooling)? Upstream { get; set; }

    /// <summary>Where gamma's and beta's gradients go, if it is normalized.</summary>
    public NormalizationSums? Sums { get; private set; }

    /// <summary>Whether an operation has written <see cref="Sums"/> already.</summary>
    public bool SumsAreReady { get; set; }

    public void Normalize(Normalization normalization, NormalizationSums? sums) => (Source, Sums) = (Source with { Normalization = normalization }, sums);

    public void Activate(Activation activation) => Source = Source with { Activation = activation };

    /// <summary>The same numbers as a vector; only where nothing is per channel.</summary>
    public void Flatten() => Source = Source with { Shape = Shape.Vector(Shape.Size) };
}
