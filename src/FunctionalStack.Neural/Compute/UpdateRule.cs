namespace FunctionalStack.Neural;

/// <summary>The arithmetic of an optimizer step, for a parameter p and its gradient g.</summary>
public enum UpdateKind
{
    /// <summary>p -= rate * g.</summary>
    Plain,

    /// <summary>mu = momentum * mu - rate * g; p += mu.</summary>
    Momentum,

    /// <summary>mu = momentum * mu - rate * g; p += momentum * mu - rate * g.</summary>
    Nesterov,

    /// <summary>mu = b1 * mu + (1 - b1) * g; nu = b2 * nu + (1 - b2) * g²; p -= rate * mu / (sqrt(nu) + epsilon).</summary>
    Adam,

    /// <summary>nu = b2 * nu + (1 - b2) * g²; p -= rate * g / (sqrt(nu) + epsilon).</summary>
    RmsProp,
}

/// <summary>One step of an optimizer. <see cref="Rate"/> includes everything that depends on the number of the step.</summary>
/// <param name="Kind">The arithmetic.</param>
/// <param name="Rate">The learning rate of the step, with Adam's bias corrections.</param>
/// <param name="Beta1">Adam's beta 1, or the momentum.</param>
/// <param name="Beta2">Adam's beta 2, or RMSprop's rho.</param>
/// <param name="Epsilon">Added to the denominator.</param>
/// <param name="Penalty">L2 penalty: g += penalty * p, before everything else.</param>
/// <param name="Decay">Decoupled weight decay: p -= decay * p, before the step.</param>
public readonly record struct UpdateRule(UpdateKind Kind, float Rate, float Beta1, float Beta2, float Epsilon, float Penalty, float Decay);

/// <summary>The loss of a network's outputs, as a mean over the batch.</summary>
public enum LossKind
{
    /// <summary>-log softmax(scores)[class]. The target is one class code per row.</summary>
    SoftmaxCrossEntropy,

    /// <summary>-(t log s + (1 - t) log(1 - s)) with s = sigmoid(score), averaged over units. The targets are 0 to 1, one per
    /// unit.</summary>
    BinaryCrossEntropy,

    /// <summary>(score - target)², averaged over units. The targets are any finite values, one per unit.</summary>
    SquaredError,
}
