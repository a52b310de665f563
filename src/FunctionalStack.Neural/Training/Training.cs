namespace FunctionalStack.Neural;

/// <summary>Trains networks: pure functions of network, examples, options and seed.</summary>
public static class Training
{
    /// <summary>
    /// Trains a network with mini-batches. Equal arguments give bit-identical results on the same backend, for any
    /// <paramref name="run"/> and also when training is resumed from a checkpoint.
    /// </summary>
    /// <param name="backend">The device.</param>
    /// <param name="network">The network. A softmax at its end is combined with the cross-entropy.</param>
    /// <param name="data">The training, validation and test examples.</param>
    /// <param name="options">The options.</param>
    /// <param name="seed">The initial variables, the order of each epoch, the augmented images, the dropout masks and the validation split
    /// come from its forks.</param>
    /// <param name="run">Callbacks, cancellation and the checkpoint to resume from; null for none.</param>
    /// <returns>
    /// Fails if the network, the options or the examples do not fit, if a checkpoint belongs to another training, and if the
    /// loss is not finite (the failure names the layer where that arose).
    /// </returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="DeviceException">
    /// The device has too little memory for the batch, or is lost; the last checkpoint is intact. The batch is never reduced
    /// automatically, because batch normalization and the optimizer's steps depend on it.
    /// </exception>
    public static Outcome<TrainedNetwork> Fit(IBackend backend, Network network, TrainingData data, TrainingOptions options, Seed seed,
        TrainingRun? run = null) =>
        TrainingCheck.Of(network, data, options, seed).Bind(training =>
        {
            var listening = run ?? new();
            var fingerprint = listening.From is null && listening.Checkpoints is null ? "" : DataFingerprint.Of(data);
            if (listening.From is { } from && RefusalOf(from, training, seed, fingerprint) is { } refusal)
                return new Outcome<TrainedNetwork>.Fail(refusal);
            using var loop = new TrainingLoop(backend, training, seed, listening);
            var tested = data.Test is { } test && fingerprint.Length > 0 ? DataFingerprint.Of(test) : null;
            return loop.Run(fingerprint, tested).Noting(listening.From is { Epoch: > 0 } before && before.Test != tested
                && !(before.Test is null && before.History[0].Test is not null)
                ? [new("test examples",
                    $"epochs 1 to {before.Epoch} of the checkpoint were scored on other test examples, or on none; the history holds both")]
                : default);
        });

    /// <summary>
    /// One step as a pure function: the gradients of the batch's mean loss, then the optimizer's update at
    /// <paramref name="factor"/> times its rate. The steps of <see cref="Fit"/> are these, without the copies.
    /// </summary>
    /// <param name="backend">The device.</param>
    /// <param name="plan">The network.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="variables">The variables before the step.</param>
    /// <param name="state">The optimizer's state before the step.</param>
    /// <param name="batch">The batch; at least one example.</param>
    /// <param name="factor">The factor of the learning rate schedule.</param>
    /// <param name="seed">The seed of the step, for dropout masks.</param>
    /// <returns>Fails if the batch does not fit the network or the loss.</returns>
    /// <exception cref="ArgumentException">The variables belong to another network.</exception>
    public static Outcome<Stepped> Step(
        IBackend backend, NetworkPlan plan, LossKind loss, Optimizer optimizer, Variables variables, OptimizerState state,
            LabelledExamples batch, double factor, Seed seed)
    {
        return MeasuredExamples.Of(plan, loss, batch).At("batch")
            .Bind(examples => TrainingCheck.WithoutVariance(plan, batch.Count) is { } node
            ? new Outcome<Stepped>.Fail(TrainingCheck.OneNumber(node))
            : Outcome.Ok(StepOn(examples)));

        Stepped StepOn(MeasuredExamples examples)
        {
            using var session = TrainingSession.Open(backend, plan, loss, optimizer, examples.Count,
                weighted: examples.Weights is not null);
            session.Load(variables, state);
            var buffer = new BatchBuffer(examples.Inputs, examples.Targets, examples.Count, examples.Weights);
            buffer.Gather(0, examples.Count);
            var metrics = session.Step(buffer.Inputs, buffer.Targets, factor, seed, buffer.Weights);
            return new(session.Variables, session.State, metrics);
        }
    }

    private static Failure? RefusalOf(Checkpoint from, CheckedTraining training, Seed seed, string data)
    {
        var (plan, slots) = (training.Plan, training.Optimizer.Slots);
        return from.Network != plan.Network ? Refuse($"it belongs to the network {from.Network}, not to {plan.Network}")
            : Differences(from.Options, training) is { Length: > 0 } differences ? Refuse($"it belongs to a training with {differences}")
            : from.Seed != seed ? Refuse("it belongs to a training from another seed")
            : from.Data != data ? Refuse($"it belongs to a training on {DataFingerprint.Difference(from.Data, data)}")
            : from.Epoch > training.Options.Epochs ? Refuse($"it is at epoch {from.Epoch}, but epochs is {training.Options.Epochs}")
            : !from.Variables.Fit(plan) || from.Optimizer.Mu.Count != (slots > 0 ? plan.ParameterCount : 0)
            || from.Optimizer.Nu.Count != (slots > 1 ? plan.ParameterCount : 0)
              || from.History.Count != from.Epoch || from.Best?.Variables.Fit(plan) == false
                  || (from.Best?.MovingMoments.Count ?? 0) is var moving && moving != 0 && moving != plan.MomentCount
                ? Refuse("its parts do not fit together")
            : null;

        // A null option is equal to its default.
        static string Differences(TrainingOptions from, CheckedTraining now) =>
            string.Join(", ", new (string Name, object? Then, object? Now)[]
        {
            ("batch", from.Batch, now.Options.Batch),
            ("optimizer", from.OptimizerOrAdam, now.Optimizer),
            ("schedule", from.Schedule ?? new Schedule.Constant(), now.Schedule),
            ("loss", from.Loss ?? now.Loss, now.Loss),
            ("shuffle", from.Shuffle, now.Options.Shuffle),
            ("validation share", from.ValidationShare, now.Options.ValidationShare),
            ("early stopping", from.EarlyStopping, now.Options.EarlyStopping),
            ("moments", from.Moments, now.Options.Moments),
            ("augmentation", from.Augmentation, now.Options.Augmentation),
        }.Where(option => !Equals(option.Then, option.Now))
            .Select(option => $"{option.Name} {option.Then ?? "off"}, not {option.Now ?? "off"}"));

        static Failure Refuse(string what) =>
            new("checkpoint", what, "Use the options and data of the training that wrote it, or start without a checkpoint.");
    }
}

/// <summary>The result of a step.</summary>
/// <param name="Variables">The variables after the step.</param>
/// <param name="Optimizer">The optimizer's state after the step.</param>
/// <param name="Metrics">The metrics of the batch before the step.</param>
public sealed record Stepped(Variables Variables, OptimizerState Optimizer, StepMetrics Metrics);
