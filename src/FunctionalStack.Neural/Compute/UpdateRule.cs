namespace FunctionalStack.Neural;

public enum UpdateKind
{
    /// <summary>p -= rate * g.</summary>
    Plain,

    /// <summary>first = momentum * first - rate * g; p += first.</summary>
    Momentum,

    /// <summary>first = momentum * first - rate * g; p += momentum * first - rate * g.</summary>
    Nesterov,

    /// <summary>first = b1 * first + (1 - b1) * g; second = b2 * second + (1 - b2) * g²; p -= rate * first / (sqrt(second) + epsilon).</summary>
    Adam,

    /// <summary>second = b2 * second + (1 - b2) * g²; p -= rate * g / (sqrt(second) + epsilon).</summary>
    RmsProp,
}

/// <summary>One step of an optimizer, everything that depends on the step's number already in <see cref="Rate"/>.</summary>
/// <param name="Kind">Which arithmetic.</param>
/// <param name="Rate">The step's rate; Adam's bias corrections are in it.</param>
/// <param name="First">The momentum, or Adam's b1.</param>
/// <param name="Second">Adam's b2, or RMSprop's rho.</param>
/// <param name="Epsilon">Keeps the division finite.</param>
/// <param name="Penalty">L2: g += penalty * p, before all else.</param>
/// <param name="Decay">Decoupled weight decay: p -= decay * p, before the step.</param>
public readonly record struct UpdateRule(UpdateKind Kind, float Rate, float First, float Second, float Epsilon, float Penalty, float Decay);

/// <summary>What the last layer's numbers are measured by. Each is a mean over the batch.</summary>
public enum LossKind
{
    /// <summary>-log softmax(scores)[class]; a target is a class's code, one a row.</summary>
    SoftmaxCrossEntropy,

    /// <summary>-(t log s + (1 - t) log(1 - s)), s = sigmoid(score), mean over units; a target is 0 to 1, one a unit.</summary>
    BinaryCrossEntropy,

    /// <summary>(score - target)², mean over units; a target is any number, one a unit.</summary>
    SquaredError,
}
