namespace FunctionalStack.Neural;

/// <summary>
/// The input of an operation: per element <c>activation((data - mean) * inverseDeviation * gamma + beta)</c>, with the
/// normalization per channel. It is computed on read, so the normalized and activated tensor is never stored.
/// </summary>
/// <param name="Data">Batch x shape.</param>
/// <param name="Shape">The shape of one example.</param>
/// <param name="Normalization">Null to read the data without normalization.</param>
/// <param name="Activation">Applied after the normalization.</param>
public readonly record struct Source(Slice Data, Shape Shape, Normalization? Normalization = null, Activation Activation = default)
{
    /// <summary>Whether the data is read unchanged.</summary>
    public bool IsPlain => Normalization is null && Activation.Kind == ActivationKind.Identity;
}

/// <summary>The values of a batch normalization, one per channel.</summary>
/// <param name="Mean">The mean of the batch in training, of the population in inference.</param>
/// <param name="InverseDeviation">1 / sqrt(biased variance + epsilon).</param>
/// <param name="Gamma">The learned scale.</param>
/// <param name="Beta">The learned shift.</param>
public readonly record struct Normalization(Slice Mean, Slice InverseDeviation, Slice Gamma, Slice Beta);

/// <summary>Where the moments of a batch are written, per channel over batch x height x width (m elements).</summary>
/// <param name="Mean">Written: the mean.</param>
/// <param name="Variance">Written: the biased variance.</param>
/// <param name="InverseDeviation">Written: 1 / sqrt(variance + epsilon).</param>
/// <param name="MovingMean">Updated: momentum * moving + (1 - momentum) * mean.</param>
/// <param name="MovingVariance">Updated in the same way with the unbiased variance, m/(m-1) times the biased one.</param>
/// <param name="Epsilon">Added to the variance.</param>
/// <param name="Momentum">The share of the moving averages that is kept.</param>
public readonly record struct BatchMoments(
    Slice Mean, Slice Variance, Slice InverseDeviation, Slice MovingMean, Slice MovingVariance, float Epsilon, float Momentum);
