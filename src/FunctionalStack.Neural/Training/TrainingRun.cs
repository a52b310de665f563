namespace FunctionalStack.Neural;

/// <summary>
/// What a caller wants to hear of a training on its way and how it can stop it. Nothing here changes a bit of what comes
/// out; what the callbacks throw ends the training and surfaces as it was thrown.
/// </summary>
public sealed record TrainingRun
{
    /// <summary>Hears how far it is after every <see cref="Every"/> steps and after each epoch's last.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>At least 1.</summary>
    public int Every { get; init; } = 20;

    /// <summary>Steps queued on a device at most before their metrics are read; at least 1.</summary>
    internal int Window { get; init; } = 20;

    /// <summary>Measures speed; without one no speed is told.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Hears each epoch's end, after <see cref="Checkpoints"/>.</summary>
    public Action<EpochEnd>? EpochEnded { get; init; }

    /// <summary>Gets a checkpoint at each epoch's end.</summary>
    public Action<Checkpoint>? Checkpoints { get; init; }

    /// <summary>Where to go on from; null to begin.</summary>
    public Checkpoint? From { get; init; }

    /// <summary>Stops between two steps by an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>How far a training is.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">Of how many.</param>
/// <param name="Step">Steps done in the epoch.</param>
/// <param name="Steps">Of how many.</param>
/// <param name="Score">Over the epoch so far.</param>
/// <param name="ExamplesPerSecond">Over the epoch so far; null without a clock.</param>
/// <param name="Left">Time to the end of the last epoch at that speed; null without a clock.</param>
public readonly record struct TrainingProgress(int Epoch, int Epochs, int Step, int Steps, NetScore Score, double? ExamplesPerSecond, TimeSpan? Left);

/// <summary>An epoch that ended, and how fast its steps went.</summary>
/// <param name="Record">What it adds to the history.</param>
/// <param name="ExamplesPerSecond">Training steps only; null without a clock.</param>
public readonly record struct EpochEnd(EpochRecord Record, double? ExamplesPerSecond);
