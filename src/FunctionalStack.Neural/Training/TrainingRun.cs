namespace FunctionalStack.Neural;

/// <summary>
/// Callbacks, cancellation and resumption of a training. Nothing here changes the result. An exception of a callback ends the
/// training and is passed on unchanged.
/// </summary>
public sealed record TrainingRun
{
    /// <summary>Receives the progress after every <see cref="Every"/> steps and after the last step of each epoch.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Steps between two reports of progress; at least 1.</summary>
    public int Every { get; init; } = 20;

    /// <summary>The maximum number of steps queued on a device before their metrics are read; at least 1.</summary>
    internal int Window { get; init; } = 20;

    /// <summary>The clock for measuring speed; without one no speed is reported.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Called at the end of each epoch, after <see cref="Checkpoints"/>.</summary>
    public Action<EpochEnd>? EpochEnded { get; init; }

    /// <summary>Receives a checkpoint at the end of each epoch.</summary>
    public Action<Checkpoint>? Checkpoints { get; init; }

    /// <summary>The checkpoint to resume from; null to start from the beginning.</summary>
    public Checkpoint? From { get; init; }

    /// <summary>Cancels between two steps with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>The progress of a training.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="Step">Steps done in the epoch.</param>
/// <param name="Steps">The number of steps per epoch.</param>
/// <param name="Score">Over the epoch so far.</param>
/// <param name="ExamplesPerSecond">Over the epoch so far; null without a clock.</param>
/// <param name="Left">The estimated time to the end of the last epoch at that speed; null without a clock.</param>
public readonly record struct TrainingProgress(int Epoch, int Epochs, int Step, int Steps, NetScore Score, double? ExamplesPerSecond,
    TimeSpan? Left);

/// <summary>The end of an epoch, with the speed of its steps.</summary>
/// <param name="Record">The record that it adds to the history.</param>
/// <param name="ExamplesPerSecond">Training steps only; null without a clock.</param>
public readonly record struct EpochEnd(EpochRecord Record, double? ExamplesPerSecond);
