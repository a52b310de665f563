namespace FunctionalStack.Neural;

/// <summary>
/// The complete state of a training at the end of an epoch: plain data. Training resumed from it gives the same bits as an
/// uninterrupted one, on the same backend.
/// </summary>
/// <param name="Network">The network.</param>
/// <param name="Options">The options. <see cref="TrainingOptions.Epochs"/> may be changed when training is resumed.</param>
/// <param name="Seed">The seed of the training.</param>
/// <param name="Data">A fingerprint of the training and validation examples.</param>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Variables">The variables after them.</param>
/// <param name="Optimizer">The optimizer's state after them.</param>
/// <param name="History">One record per epoch.</param>
/// <param name="Best">With early stopping, the epoch with the lowest validation loss so far.</param>
/// <param name="Test">A fingerprint of the test examples; null without test examples.</param>
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
    string? Test = null)
{
    /// <summary>The start of a training from given variables, such as those of another training or of an ONNX file: give it to
    /// <see cref="TrainingRun.From"/>. The optimizer starts anew.</summary>
    /// <param name="network">The network.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="data">The examples of the training.</param>
    /// <param name="options">The options of the training.</param>
    /// <param name="seed">The seed of the training.</param>
    /// <returns>The state before the first epoch. Fails if the network does not check, or if the variables belong to another.</returns>
    public static Outcome<Checkpoint> Starting(Network network, Variables variables, TrainingData data, TrainingOptions options,
        Seed seed) =>
        from plan in network.Check()
        from fitting in variables.Fit(plan) ? Outcome.Ok(variables)
            : Outcome.Fail<Variables>("variables", $"are {variables.Parameters.Count} parameters and {variables.Moments.Count} moments, "
                + $"where the network has {plan.ParameterCount} and {plan.MomentCount}", "Give the variables of this network.")
        select new Checkpoint(network, options, seed, DataFingerprint.Of(data), 0, fitting,
            OptimizerState.Initial(options.OptimizerOrAdam, plan.ParameterCount), default, null);
}

/// <summary>The best epoch so far of a training with early stopping.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">The validation loss.</param>
/// <param name="Variables">The variables after the epoch, as the trained network would have them.</param>
/// <param name="MovingMoments">The moving averages, if the variables hold population moments in their place; otherwise empty.</param>
public sealed record BestEpoch(int Epoch, double Loss, Variables Variables, EquatableArray<float> MovingMoments = default);
