namespace FunctionalStack.Neural;

/// <summary>How a network is trained: plain data.</summary>
/// <param name="Epochs">Times that the training examples are seen; at least 1.</param>
/// <param name="Batch">Examples a step; 1 to the number of training examples. An epoch's last step may have fewer.</param>
/// <param name="Optimizer">Null for Adam at its defaults.</param>
/// <param name="Schedule">What becomes of the optimizer's rate; null for a constant one.</param>
/// <param name="Loss">Null for what suits the target: softmax cross-entropy for classes, squared error for values.</param>
/// <param name="Shuffle">Whether each epoch has an order of its own, a function of the seed and the epoch's number; else the examples' order.</param>
/// <param name="ValidationShare">Share of the training examples split off for validation as <see cref="FoldPlan.Validation"/> does; 0 up to
/// below 1, above 0 only where no validation examples are given.</param>
/// <param name="EarlyStopping">Null to train all epochs and keep the last variables.</param>
/// <param name="Moments">What the trained network's batch normalization goes by, and so what it is validated and tested with after each
/// epoch.</param>
public sealed record TrainingOptions(
    int Epochs = 10,
    int Batch = 32,
    Optimizer? Optimizer = null,
    Schedule? Schedule = null,
    LossKind? Loss = null,
    bool Shuffle = true,
    double ValidationShare = 0,
    EarlyStopping? EarlyStopping = null,
    MomentsKind Moments = MomentsKind.Auto);

/// <summary>Stops once the validation loss has not fallen for a while, and gives back the variables of the epoch where it was lowest.</summary>
/// <param name="Patience">Epochs without a new lowest loss after which training stops; at least 1.</param>
/// <param name="LeastGain">By how much a loss must be lower to count as lower; at least 0.</param>
public sealed record EarlyStopping(int Patience, double LeastGain = 0);
