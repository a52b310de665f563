namespace FunctionalStack.Neural;

/// <summary>
/// Snapshot ensembles (Huang, Li, Pleiss, Liu, Hopcroft &amp; Weinberger, "Snapshot ensembles: train 1, get M for free", 2017):
/// one training with a cyclic cosine schedule, and the variables at the end of each cycle. Each cycle converges to a different
/// minimum, so the snapshots make different errors, at the cost of one training.
/// </summary>
public static class Snapshots
{
    /// <summary>The schedule: in each cycle the rate decays from the optimizer's to 0 (equation 2).</summary>
    public static Schedule Cycles(TrainingOptions options, int cycles) => new Schedule.CosineWarmRestarts(options.Epochs / (double)cycles);

    /// <summary>
    /// The variables at the end of each cycle, in order, with the moments that the options ask for. The first are bit-identical to
    /// those of a training that stops after one cycle. One cycle is a training with <see cref="Schedule.Cosine"/>.
    /// </summary>
    /// <param name="backend">The device.</param>
    /// <param name="network">As in <see cref="Training.Fit"/>.</param>
    /// <param name="data">The training data.</param>
    /// <param name="options">The epochs are those of all cycles together. The schedule is replaced by <see cref="Cycles"/>. Early stopping
    /// must be off.</param>
    /// <param name="cycles">The number of cycles; at least 1, and a divisor of the epochs.</param>
    /// <param name="seed">As in <see cref="Training.Fit"/>.</param>
    /// <param name="run">As in <see cref="Training.Fit"/>, but always from the beginning: a checkpoint does not hold the snapshots before
    /// it.</param>
    /// <returns>Fails if the epochs are not a multiple of the cycles, if early stopping is on, if the run starts from a checkpoint, and
    /// if training fails.</returns>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static Outcome<EquatableArray<Variables>> Fit(IBackend backend, Network network, TrainingData data, TrainingOptions options,
        int cycles, Seed seed, TrainingRun? run = null)
    {
        if ((Fault(options, cycles) ?? FromCheckpoint(run)) is { } fault) return new Outcome<EquatableArray<Variables>>.Fail(fault);
        var (taken, listening) = (new List<Checkpoint>(), run ?? new());
        var collecting = listening with
        {
            Checkpoints = checkpoint =>
            {
                if (checkpoint.Epoch % (options.Epochs / cycles) == 0) taken.Add(checkpoint);
                listening.Checkpoints?.Invoke(checkpoint);
            },
        };
        var scheduled = options with { Schedule = Cycles(options, cycles), Moments = MomentsKind.Moving };
        return from training in TrainingCheck.Of(network, data, scheduled, seed)
               from trained in Training.Fit(backend, network, data, scheduled, seed, collecting)
               from variables in Outcome.All(taken.Select(at => MovingMoments.GiveWay(options.Moments, training.Plan, at.Optimizer.Steps)
                   ? at.Variables.WithPopulationMoments(backend, network, training.Train.Inputs, seed.Fork("population moments"),
                       options.Batch)
                   : Outcome.Ok(at.Variables)))
               select variables;
    }

    /// <summary>Why the options cannot be used with this number of cycles; null if they can.</summary>
    internal static Failure? Fault(TrainingOptions options, int cycles) => cycles < 1
        ? Refuse($"snapshots is {cycles}", "Give at least 1.")
        : options.Epochs < cycles || options.Epochs % cycles != 0
            ? Refuse($"{options.Epochs} epochs cannot be divided into {cycles} cycles of whole epochs", $"Give a multiple of {cycles}.")
            : options.EarlyStopping is not null
                ? Refuse(
                    "early stopping is on, but snapshots are taken at the end of every cycle",
                    "Remove the patience, or take one snapshot.")
                : null;

    private static Failure? FromCheckpoint(TrainingRun? run) => run?.From is null
        ? null : new("checkpoint", "it does not hold the snapshots before it", "Start without a checkpoint.");

    private static Failure Refuse(string what, string remedy) => new("training options", what, remedy);
}
