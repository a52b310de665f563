namespace FunctionalStack.Neural;

/// <summary>Trains networks: pure functions of network, examples, options and seed.</summary>
public static class Training
{
    /// <summary>
    /// Trains a network by mini-batches. Equal arguments make equal results, bit for bit, on the same backend, whatever
    /// <paramref name="run"/> listens to and whether or not it goes on from a checkpoint.
    /// </summary>
    /// <param name="backend">Where it is computed.</param>
    /// <param name="network">A softmax at its end is one with cross-entropy.</param>
    /// <param name="data">What it is trained and measured on.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">The first variables, each epoch's order, dropout's masks and the validation split come from its forks.</param>
    /// <param name="run">What the caller hears on the way; null for nothing.</param>
    /// <returns>
    /// Fails where the network, the options or the examples don't fit one another, where a checkpoint belongs to another
    /// training, and where the loss stops being a number (naming the layer where that arose).
    /// </returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="DeviceException">
    /// The device has not the memory for the batch, or is lost; what the last checkpoint holds is intact. The batch is never
    /// made smaller unasked: batch normalization and the optimizer's steps depend on it.
    /// </exception>
    public static Outcome<TrainedNetwork> Fit(IBackend backend, Network network, TrainingData data, TrainingOptions options, Seed seed, TrainingRun? run = null) =>
        TrainingCheck.Of(network, data, options, seed).Bind(training =>
        {
            var listening = run ?? new();
            var fingerprint = listening.From is null && listening.Checkpoints is null ? "" : DataFingerprint.Of(data);
            if (listening.From is { } from && RefusalOf(from, training, seed, fingerprint) is { } refusal) return new Outcome<TrainedNetwork>.Fail(refusal);
            using var loop = new TrainingLoop(backend, training, seed, listening);
            var tested = data.Test is { } test && fingerprint.Length > 0 ? DataFingerprint.Of(test) : null;
            return loop.Run(fingerprint, tested).Noting(listening.From is { Epoch: > 0 } before && before.Test != tested
                && !(before.Test is null && before.History[0].Test is not null)
                ? [new("test examples",
                    $"epochs 1 to {before.Epoch} of the checkpoint were tested on other test examples, or on none: the history holds scores of both")]
                : default);
        });

    /// <summary>
    /// One step as a pure function: the gradients of the batch's mean loss, then the optimizer's update at
    /// <paramref name="factor"/> times its rate. <see cref="Fit"/>'s steps are these, without the copies.
    /// </summary>
    /// <param name="backend">Where it is computed.</param>
    /// <param name="plan">The network.</param>
    /// <param name="loss">What the batch is measured by.</param>
    /// <param name="optimizer">How gradients become parameters.</param>
    /// <param name="variables">Before the step.</param>
    /// <param name="state">The optimizer's, before the step.</param>
    /// <param name="batch">At least one example.</param>
    /// <param name="factor">What the schedule makes of the rate.</param>
    /// <param name="seed">Of the step: dropout's masks.</param>
    /// <returns>Fails where the batch doesn't fit the network or the loss.</returns>
    /// <exception cref="ArgumentException">The variables belong to another network.</exception>
    public static Outcome<Stepped> Step(
        IBackend backend, NetworkPlan plan, LossKind loss, Optimizer optimizer, Variables variables, OptimizerState state, LabelledExamples batch, double factor, Seed seed)
    {
        return MeasuredExamples.Of(plan, loss, batch).At("batch").Bind(examples => TrainingCheck.WithoutVariance(plan, batch.Count) is { } node
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
            : from.Epoch > training.Options.Epochs ? Refuse($"it is of epoch {from.Epoch} already, but {training.Options.Epochs} {(training.Options.Epochs == 1 ? "was" : "were")} asked for")
            : !from.Variables.Fit(plan) || from.Optimizer.First.Count != (slots > 0 ? plan.ParameterCount : 0) || from.Optimizer.Second.Count != (slots > 1 ? plan.ParameterCount : 0)
              || from.History.Count != from.Epoch || from.Best?.Variables.Fit(plan) == false
                  || (from.Best?.MovingMoments.Count ?? 0) is var moving && moving != 0 && moving != plan.MomentCount
                ? Refuse("its parts don't fit one another")
            : null;

        // What is left out means the same as its default.
        static string Differences(TrainingOptions from, CheckedTraining now) => string.Join(", ", new (string Name, object? Then, object? Now)[]
        {
            ("batch", from.Batch, now.Options.Batch),
            ("optimizer", from.Optimizer ?? new Optimizer.Adam(), now.Optimizer),
            ("schedule", from.Schedule ?? new Schedule.Constant(), now.Schedule),
            ("loss", from.Loss ?? now.Loss, now.Loss),
            ("shuffle", from.Shuffle, now.Options.Shuffle),
            ("validation share", from.ValidationShare, now.Options.ValidationShare),
            ("early stopping", from.EarlyStopping, now.Options.EarlyStopping),
            ("moments", from.Moments, now.Options.Moments),
        }.Where(option => !Equals(option.Then, option.Now)).Select(option => $"{option.Name} {option.Then ?? "off"}, not {option.Now ?? "off"}"));

        static Failure Refuse(string what) => new("checkpoint", what, "Give the training that it was made by, or begin anew without it.");
    }
}

/// <summary>What came of a step.</summary>
/// <param name="Variables">After it.</param>
/// <param name="Optimizer">The optimizer's state after it.</param>
/// <param name="Metrics">How the batch did before it.</param>
public sealed record Stepped(Variables Variables, OptimizerState Optimizer, StepMetrics Metrics);
