namespace FunctionalStack.Learners;

/// <summary>What <see cref="GradientBoosting"/> makes small. Classes always go by log-loss: logistic for two, softmax for more.</summary>
public enum BoostingObjective
{
    /// <summary>Log-loss for classes, squared error for values.</summary>
    Usual,

    /// <summary>Values: half the squared error; estimates the mean.</summary>
    SquaredError,

    /// <summary>Values of at least 0: Poisson's deviance with a logarithmic link; estimates the mean, always above 0.</summary>
    Poisson,

    /// <summary>Values: the pinball loss; estimates a quantile (Koenker &amp; Bassett 1978).</summary>
    Quantile,
}
