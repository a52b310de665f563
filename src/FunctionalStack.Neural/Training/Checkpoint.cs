namespace FunctionalStack.Neural;

/// <summary>
/// All that the rest of a training depends on, at the end of an epoch: plain data. Training on from it makes the same
/// bits as never having stopped, on the same backend.
/// </summary>
/// <param name="Network">What is trained.</param>
/// <param name="Options">How. <see cref="TrainingOptions.Epochs"/> may be another when training goes on.</param>
/// <param name="Seed">The training's.</param>
/// <param name="Data">A fingerprint of the training and validation examples.</param>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Variables">After them.</param>
/// <param name="Optimizer">Likewise.</param>
/// <param name="History">One record an epoch.</param>
/// <param name="Best">With early stopping the epoch of the lowest validation loss so far.</param>
/// <param name="Test">A fingerprint of the test examples; null where there are none.</param>
public sealed record Checkpoint(
    Network Network,
    TrainingOptions Options,
    Seed Seed,
    string Data,
    int Epoch,
    Variables Variables,
    OptimizerState Optimizer,
    EquatableArray<EpochRecord> History,
    BestEpoch? Best,
    string? Test = null);

/// <param name="Epoch">From 1.</param>
/// <param name="Loss">On the validation examples.</param>
/// <param name="Variables">After the epoch, as the network would be given.</param>
/// <param name="MovingMoments">The moving moments, where the variables hold population moments in their place; else none.</param>
public sealed record BestEpoch(int Epoch, double Loss, Variables Variables, EquatableArray<float> MovingMoments = default);
