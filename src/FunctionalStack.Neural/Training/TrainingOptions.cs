namespace FunctionalStack.Neural;

/// <summary>The options of a training: plain data.</summary>
/// <param name="Epochs">Passes over the training examples; at least 1.</param>
/// <param name="Batch">Examples per step; 1 to the number of training examples. The last step of an epoch may have fewer.</param>
/// <param name="Optimizer">Null for Adam at its defaults.</param>
/// <param name="Schedule">The learning rate schedule; null for a constant rate.</param>
/// <param name="Loss">Null for the target's default: softmax cross-entropy for classification, squared error for a numeric target.</param>
/// <param name="Shuffle">Whether each epoch has its own order, a function of the seed and the number of the epoch. Otherwise the order of
/// the examples.</param>
/// <param name="ValidationShare">The share of the training examples held out for validation as <see cref="FoldPlan.Validation"/> does; at
/// least 0 and
/// below 1, and above 0 only if no validation examples are given.</param>
/// <param name="EarlyStopping">Null to train all epochs and keep the last variables.</param>
/// <param name="Moments">The moments that the trained network's batch normalization uses; it is validated and tested with them after each
/// epoch.</param>
/// <param name="Augmentation">Random changes of the training images, new ones in every epoch; null for none. Images only.</param>
public sealed record TrainingOptions(
    int Epochs = 10,
    int Batch = 32,
    Optimizer? Optimizer = null,
    Schedule? Schedule = null,
    LossKind? Loss = null,
    bool Shuffle = true,
    double ValidationShare = 0,
    EarlyStopping? EarlyStopping = null,
    MomentsKind Moments = MomentsKind.Auto,
    Augmentation? Augmentation = null)
{
    /// <summary>The optimizer, which is Adam at its defaults if none is given.</summary>
    internal Optimizer OptimizerOrAdam => Optimizer ?? new Optimizer.Adam();
}

/// <summary>Stops when the validation loss has not fallen for a number of epochs, and returns the variables of the epoch with the lowest
/// loss.</summary>
/// <param name="Patience">Training stops after this number of epochs without a new lowest loss; at least 1.</param>
/// <param name="LeastGain">The minimum decrease that is taken as lower; at least 0.</param>
public sealed record EarlyStopping(int Patience, double LeastGain = 0);
