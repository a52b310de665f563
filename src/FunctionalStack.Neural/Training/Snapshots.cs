namespace FunctionalStack.Neural;

/// <summary>
/// Snapshot ensembles (Huang, Li, Pleiss, Liu, Hopcroft &amp; Weinberger, "Snapshot ensembles: train 1, get M for free", 2017):
/// one training whose rate falls to 0 along a half cosine again and again, and what was learned at the end of each fall.
/// Each fall ends near another minimum, so the snapshots err differently, at the cost of one training.
/// </summary>
public static class Snapshots
{
    /// <summary>The rate of each cycle falls from the optimizer's to 0 (equation 2).</summary>
    public static Schedule Cycles(TrainingOptions options, int cycles) => new Schedule.CosineWarmRestarts(options.Epochs / (double)cycles);

    /// <summary>
    /// The variables at the end of each cycle, the last trained ones last, with the moments that the options ask for. The first are those
    /// of a training that stops
    /// after one cycle, bit for bit; one cycle is a training by <see cref="Schedule.Cosine"/>.
    /// </summary>
    /// <param name="backend">Where it is computed.</param>
    /// <param name="network">As <see cref="Training.Fit"/> takes it.</param>
    /// <param name="data">What it is trained and measured on.</param>
    /// <param name="options">Its epochs are those of all cycles together; its schedule gives way to <see cref="Cycles"/>; without early stopping.</param>
    /// <param name="cycles">At least 1; divides the epochs.</param>
    /// <param name="seed">As <see cref="Training.Fit"/> takes it.</param>
    /// <returns>Fails where the epochs don't make whole cycles, where training is to stop early, and where training fails.</returns>
    public static Outcome<EquatableArray<Variables>> Fit(IBackend backend, Network network, TrainingData data, TrainingOptions options, int cycles, Seed seed)
    {
        if (Fault(options, cycles) is { } fault) return new Outcome<EquatableArray<Variables>>.Fail(fault);
        var taken = new List<Checkpoint>();
        var run = new TrainingRun
        {
            Checkpoints = checkpoint =>
            {
                if (checkpoint.Epoch % (options.Epochs / cycles) == 0) taken.Add(checkpoint);
            },
        };
        var scheduled = options with { Schedule = Cycles(options, cycles), Moments = MomentsKind.Moving };
        return from training in TrainingCheck.Of(network, data, scheduled, seed)
               from trained in Training.Fit(backend, network, data, scheduled, seed, run)
               from variables in Outcome.All(taken.Select(at => MovingMoments.GiveWay(options.Moments, training.Plan, at.Optimizer.Steps)
                   ? at.Variables.WithPopulationMoments(backend, network, training.Train.Inputs, seed.Fork("population moments"),
                       options.Batch)
                   : Outcome.Ok(at.Variables)))
               select variables;
    }

    /// <summary>What keeps the options from so many cycles, if anything.</summary>
    internal static Failure? Fault(TrainingOptions options, int cycles) => cycles < 1
        ? Refuse($"{cycles} snapshots were asked for", "Ask for at least 1.")
        : options.Epochs < cycles || options.Epochs % cycles != 0
            ? Refuse($"{options.Epochs} epochs don't make {cycles} cycles of whole epochs", $"Give a multiple of {cycles}.")
            : options.EarlyStopping is not null
                ? Refuse(
                    "training is to stop early, but snapshots are taken at the end of every cycle",
                    "Leave the patience out, or take one snapshot.")
                : null;

    private static Failure Refuse(string what, string remedy) => new("training options", what, remedy);
}
