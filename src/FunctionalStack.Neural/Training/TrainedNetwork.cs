namespace FunctionalStack.Neural;

/// <summary>A trained network: plain data.</summary>
/// <param name="Network">What was trained.</param>
/// <param name="Variables">After <paramref name="Epoch"/>.</param>
/// <param name="Optimizer">What the optimizer remembers after the last epoch.</param>
/// <param name="Epoch">Whose variables these are: the last, or with early stopping that of the lowest validation loss.</param>
/// <param name="History">One record an epoch.</param>
/// <param name="Moments">What the moments of <paramref name="Variables"/> are: moving or population ones.</param>
/// <param name="MovingMoments">The moving ones after <paramref name="Epoch"/>, whichever the variables hold.</param>
public sealed record TrainedNetwork(
    Network Network,
    Variables Variables,
    OptimizerState Optimizer,
    int Epoch,
    EquatableArray<EpochRecord> History,
    MomentsKind Moments,
    EquatableArray<float> MovingMoments);

/// <summary>How an epoch went.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Training">The mean over the epoch's examples, each measured when its step came.</param>
/// <param name="Validation">After the epoch, where there are validation examples: with the moments that a network of this epoch would be
/// given.</param>
/// <param name="Test">Likewise, where there are test examples.</param>
public sealed record EpochRecord(int Epoch, NetScore Training, NetScore? Validation = null, NetScore? Test = null);
