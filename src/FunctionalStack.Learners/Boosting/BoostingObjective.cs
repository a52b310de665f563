namespace FunctionalStack.Learners;

/// <summary>The loss of <see cref="GradientBoosting"/>. Classification always minimizes log-loss: logistic for two classes, softmax for
/// more.</summary>
public enum BoostingObjective
{
    /// <summary>Log-loss for classification, squared error for regression.</summary>
    Usual,

    /// <summary>Regression: half the squared error. Predicts the mean.</summary>
    SquaredError,

    /// <summary>Regression with targets of at least 0: Poisson deviance with a log link. Predicts the mean, always above 0.</summary>
    Poisson,

    /// <summary>Regression: pinball loss. Predicts a quantile (Koenker &amp; Bassett 1978).</summary>
    Quantile,
}
