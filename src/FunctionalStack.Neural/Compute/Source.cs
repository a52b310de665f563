namespace FunctionalStack.Neural;

/// <summary>
/// What an operation reads: per number <c>activation((data - mean) * inverseDeviation * gamma + beta)</c>, the
/// normalization per channel, computed as it is read. So a normalized and activated tensor need never be stored.
/// </summary>
/// <param name="Data">Batch x shape.</param>
/// <param name="Shape">Of one example.</param>
/// <param name="Normalization">None where the data is taken as it is.</param>
/// <param name="Activation">After the normalization.</param>
public readonly record struct Source(Slice Data, Shape Shape, Normalization? Normalization = null, Activation Activation = default)
{
    /// <summary>Whether the data is read as it lies.</summary>
    public bool IsPlain => Normalization is null && Activation.Kind == ActivationKind.Identity;
}

/// <summary>Batch normalization's numbers, one a channel.</summary>
/// <param name="Mean">Of the batch while training, of the population after.</param>
/// <param name="InverseDeviation">1 / sqrt(biased variance + epsilon).</param>
/// <param name="Gamma">The learned deviation.</param>
/// <param name="Beta">The learned mean.</param>
public readonly record struct Normalization(Slice Mean, Slice InverseDeviation, Slice Gamma, Slice Beta);

/// <summary>Where the moments of a batch go, per channel over batch x height x width (m numbers each).</summary>
/// <param name="Mean">Written: the mean.</param>
/// <param name="Variance">Written: the biased variance.</param>
/// <param name="InverseDeviation">Written: 1 / sqrt(variance + epsilon).</param>
/// <param name="MovingMean">Updated: momentum * moving + (1 - momentum) * mean.</param>
/// <param name="MovingVariance">Updated likewise by the unbiased variance, m/(m-1) times the biased one.</param>
/// <param name="Epsilon">Added to the variance.</param>
/// <param name="Momentum">How much of the moving moments stays.</param>
public readonly record struct BatchMoments(
    Slice Mean, Slice Variance, Slice InverseDeviation, Slice MovingMean, Slice MovingVariance, float Epsilon, float Momentum);
