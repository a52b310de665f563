namespace FunctionalStack.Neural;

/// <summary>A trained network: plain data.</summary>
/// <param name="Network">The network.</param>
/// <param name="Variables">After <paramref name="Epoch"/>.</param>
/// <param name="Optimizer">The optimizer's state after the last epoch.</param>
/// <param name="Epoch">The epoch of these variables: the last, or with early stopping the one with the lowest validation loss.</param>
/// <param name="History">One record per epoch.</param>
/// <param name="Moments">The kind of moments in <paramref name="Variables"/>: moving or population.</param>
/// <param name="MovingMoments">The moving averages after <paramref name="Epoch"/>, for either kind.</param>
public sealed record TrainedNetwork(
    Network Network,
    Variables Variables,
    OptimizerState Optimizer,
    int Epoch,
    EquatableArray<EpochRecord> History,
    MomentsKind Moments,
    EquatableArray<float> MovingMoments);

/// <summary>The scores of an epoch.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Training">The mean over the epoch's examples. Each was scored in its own step, before the update.</param>
/// <param name="Validation">After the epoch, if there are validation examples, with the moments that a network of this epoch would
/// have.</param>
/// <param name="Test">After the epoch, if there are test examples, with the same moments.</param>
public sealed record EpochRecord(int Epoch, NetScore Training, NetScore? Validation = null, NetScore? Test = null);
