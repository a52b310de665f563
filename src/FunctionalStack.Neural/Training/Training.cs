namespace FunctionalStack.Neural;

/// <summary>Trains networks: pure functions of network, examples, options and seed.</summary>
public static class Training
{
    /// <summary>
    /// Trains a network by mini-batches. Equal arguments make equal results, bit for bit, on the same backend, whatever
    /// <paramref name="run"/> listens to and whether or not it goes on from a checkpoint.
    /// </summary>
    /// <returns>
    /// Fails where the network, the options or the examples don't fit one another, where a checkpoint belongs to another
    /// training, and where the loss stops being a number (naming the layer where that arose).
    /// </returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Outcome<Trained> Fit(IBackend backend, Network network, TrainingData data, TrainingOptions options, Seed seed, TrainingRun? run = null) =>
        throw new NotImplementedException();

    /// <summary>
    /// One step as a pure function: the gradients of the batch's mean loss, then the optimizer's update at
    /// <paramref name="factor"/> times its rate. <see cref="Fit"/>'s steps are these, without the copies.
    /// </summary>
    /// <param name="backend">Where it is computed.</param>
    /// <param name="plan">The network.</param>
    /// <param name="loss">What the batch is measured by; must suit its target.</param>
    /// <param name="optimizer">How gradients become parameters.</param>
    /// <param name="variables">Before the step.</param>
    /// <param name="state">The optimizer's, before the step.</param>
    /// <param name="batch">At least one example.</param>
    /// <param name="factor">What the schedule makes of the rate.</param>
    /// <param name="seed">Of the step: dropout's masks.</param>
    public static (Variables Variables, OptimizerState State, StepMetrics Metrics) Step(
        IBackend backend, NetworkPlan plan, LossKind loss, Optimizer optimizer, Variables variables, OptimizerState state, LabelledExamples batch, double factor, Seed seed) =>
        throw new NotImplementedException();
}
