using System.Diagnostics;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Nets;

/// <summary>A network with its training data and options.</summary>
/// <param name="Network">The network.</param>
/// <param name="Data">The training images, and the images to validate and test on after each epoch.</param>
/// <param name="Options">The training options.</param>
/// <param name="Seed">The seed of the command line.</param>
/// <param name="Resizes">Whether the images were resized. If so, images to predict are resized too.</param>
internal sealed record NetTraining(Network Network, TrainingData Data, TrainingOptions Options, long Seed, bool Resizes = false)
{
    /// <summary>The reference net for these images.</summary>
    /// <param name="images">The images.</param>
    /// <param name="options">The training options.</param>
    /// <param name="balanced">Whether all classes have equal weight in the training and validation losses.</param>
    /// <param name="seed">The seed of the command line.</param>
    public static NetTraining Of(ImageSet images, TrainingOptions options, bool balanced, long seed) => new(
        ReferenceNetwork.For(images.Train.Inputs.Shape, images.Levels.Count),
        new(balanced ? Balanced(images.Train) : images.Train, balanced && images.Validation is { } validation ? Balanced(validation)
            : images.Validation, images.Test),
        options,
        seed);

    // The weight of an image is inversely proportional to the size of its class.
    private static LabelledExamples Balanced(LabelledExamples examples)
    {
        var classes = (Target.Classes)examples.Target;
        var mass = classes.Mass();
        return new(examples.Inputs, examples.Roles with { Weights = EquatableArray.From(classes.Codes.Select(code => 1 / mass[code])) });
    }

    public EquatableArray<string> Levels => ((Target.Classes)Data.Train.Target).Levels;

    /// <summary>Trains with a progress bar, and prints a line per epoch to standard error.</summary>
    /// <param name="terminal">The terminal. Its cancellation stops the training after the current step.</param>
    /// <param name="backend">The backend.</param>
    /// <param name="checkpoint">The checkpoint file, written after each epoch; null for none.</param>
    /// <param name="start">The checkpoint to resume from; null to start a new training.</param>
    /// <exception cref="StoppedException">The training was cancelled. The message names the checkpoint.</exception>
    /// <exception cref="DeviceException">The device failed before a checkpoint was written. After one was written, the outcome is a failure
    /// that names it.</exception>
    public Outcome<NetResult> Run(Terminal terminal, IBackend backend, string? checkpoint = null, Checkpoint? start = null)
    {
        var (watch, speeds, kept) = (Stopwatch.StartNew(), new Dictionary<int, double>(), start?.Epoch ?? 0);
        try
        {
            return from trained in terminal.Training("training", progress => Training.Fit(backend, Network, Data, Options, Root, new()
            {
                Progress = progress,
                Clock = TimeProvider.System,
                Checkpoints = checkpoint is null ? null : at =>
                {
                    NetworkFile.SaveCheckpoint(checkpoint, at, Levels).OrThrow();
                    kept = at.Epoch;
                },
                EpochEnded = end =>
                {
                    if (end.ExamplesPerSecond is { } speed) speeds[end.Record.Epoch] = speed;
                    terminal.Note(Histories.Line(end, Options.Epochs));
                },
                From = start,
                Cancellation = terminal.Cancellation,
            }))
                   from sound in Sound(backend, trained.Variables)
                   from population in Population(terminal, backend, trained)
                   from moving in Score(backend, trained.Variables with { Moments = trained.MovingMoments })
                   from scored in Score(backend, population)
                   select new NetResult(this, trained, moving, scored,
                       EquatableArray.From(trained.History.Select(record => speeds.TryGetValue(record.Epoch, out var speed) ? speed
                           : (double?)null)), watch.Elapsed);
        }
        catch (DeviceException failed) when (checkpoint is not null && kept > 0)
        {
            return Outcome.Fail<NetResult>(
                failed.Device,
                $"{failed.What}; {checkpoint} is intact and holds epoch {kept}",
                "Resume with the same command and --resume, also with --backend "
                    + $"host{(failed.Fault == DeviceFault.OutOfMemory ? "; a smaller --batch needs a new training" : "")}.");
        }
        catch (OperationCanceledException) when (checkpoint is not null && kept > 0)
        {
            throw new StoppedException($"cancelled; {checkpoint} holds epoch {kept}. Resume with the same command and --resume.");
        }
    }

    public Seed Root => FunctionalStack.Seed.Of(Seed);

    // Finite parameters can still give outputs that are not finite, so the first training images are predicted as a check.
    private Outcome<Outputs> Sound(IBackend backend, Variables variables) => Inference.Predict(
        backend,
        Network,
        variables,
        Data.Train.Inputs.Take(EquatableArray.Range(Math.Min(Inference.Batch, Data.Train.Count))),
        LossKind.SoftmaxCrossEntropy).At("the trained net");

    private Outcome<NetScore?> Score(IBackend backend, Variables? variables) => (variables, Data.Test) is ({ } scored, { } test)
        ? Inference.Score(backend, Network, scored, test).Map<NetScore?>(score => score)
        : Outcome.Ok<NetScore?>(null);

    // Population moments that the model does not use are computed only to score them on test images.
    private Outcome<Variables?> Population(Terminal terminal, IBackend backend, TrainedNetwork trained)
    {
        terminal.Cancellation.ThrowIfCancellationRequested();
        return trained.Moments == MomentsKind.Population ? Outcome.Ok<Variables?>(trained.Variables)
            : Data.Test is null ? Outcome.Ok<Variables?>(null)
            : trained.Variables.WithPopulationMoments(backend, Network, Data.Train.Inputs, Root.Fork("population moments"),
                Options.Batch).Map<Variables?>(variables => variables);
    }
}

/// <summary>A trained net and its scores.</summary>
/// <param name="Asked">The training.</param>
/// <param name="TrainedNetwork">The trained network.</param>
/// <param name="Test">The test score with moving averages; null without test images.</param>
/// <param name="Population">The test score with population moments of the training images; null without test images.</param>
/// <param name="Speeds">The images per second of each epoch; null for epochs read from a checkpoint.</param>
/// <param name="Elapsed">The wall-clock time.</param>
internal sealed record NetResult(NetTraining Asked, TrainedNetwork TrainedNetwork, NetScore? Test, NetScore? Population,
    EquatableArray<double?> Speeds, TimeSpan Elapsed)
{
    public NetworkPlan Plan => TrainedNetwork.Network.Check().OrThrow();

    /// <summary>The statistics of the batch normalization in the saved net: <c>moving</c> or <c>population</c>.</summary>
    public string Moments => TrainedNetwork.Moments == MomentsKind.Population ? "population" : "moving";

    /// <summary>The test score of the saved net.</summary>
    public NetScore? Given => TrainedNetwork.Moments == MomentsKind.Population ? Population : Test;
}
