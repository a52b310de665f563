using System.Diagnostics;
using FunctionalStack.Cli.Images;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Nets;

/// <summary>A net to be trained, and how.</summary>
/// <param name="Network">What.</param>
/// <param name="Data">On what, and on what it is tested after each epoch.</param>
/// <param name="Options">How.</param>
/// <param name="Seed">As given on the command line.</param>
/// <param name="Resizes">Whether the images were resized, as those to predict will be.</param>
internal sealed record NetTraining(Network Network, TrainingData Data, TrainingOptions Options, long Seed, bool Resizes = false)
{
    /// <summary>The reference net for these images.</summary>
    /// <param name="images">What it is trained and measured on.</param>
    /// <param name="options">How.</param>
    /// <param name="balanced">Whether every class is to count alike in the loss, of training and validation.</param>
    /// <param name="seed">As given on the command line.</param>
    public static NetTraining Of(ImageSet images, TrainingOptions options, bool balanced, long seed) => new(
        ReferenceNetwork.For(images.Train.Inputs.Shape, images.Levels.Count),
        new(balanced ? Balanced(images.Train) : images.Train, balanced && images.Validation is { } validation ? Balanced(validation)
            : images.Validation, images.Test),
        options,
        seed);

    // Each image weighs as much as its class has fewer.
    private static LabelledExamples Balanced(LabelledExamples examples)
    {
        var classes = (Target.Classes)examples.Target;
        var mass = classes.Mass();
        return new(examples.Inputs, examples.Roles with { Weights = EquatableArray.From(classes.Codes.Select(code => 1 / mass[code])) });
    }

    public EquatableArray<string> Levels => ((Target.Classes)Data.Train.Target).Levels;

    /// <summary>
    /// Trains under a progress bar, saying each epoch's end on standard error.
    /// </summary>
    /// <param name="terminal">Where to speak; its cancellation stops between two steps.</param>
    /// <param name="backend">Where to compute.</param>
    /// <param name="checkpoint">The file that each epoch's end is kept in; null for none.</param>
    /// <param name="start">Where to go on from; null to begin.</param>
    /// <exception cref="StoppedException">Cancelled; says what is left.</exception>
    /// <exception cref="DeviceException">The device failed, and no epoch is kept; with one kept it is a failure that says so.</exception>
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
                    NetFile.SaveCheckpoint(checkpoint, at, Levels, Seed).OrThrow();
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
                $"The same command with --resume goes on from there, by --backend host too{(failed.Fault == DeviceFault.OutOfMemory ? "; with a smaller --batch it has to begin anew" : "")}.");
        }
        catch (OperationCanceledException) when (checkpoint is not null && kept > 0)
        {
            throw new StoppedException($"cancelled; {checkpoint} holds epoch {kept}. The same command with --resume goes on from there.");
        }
    }

    private Seed Root => FunctionalStack.Seed.Of(Seed);

    // A net of finite numbers may still say nothing: where nobody else asks it, the first images do.
    private Outcome<Outputs> Sound(IBackend backend, Variables variables) => Inference.Predict(
        backend,
        Network,
        variables,
        Data.Train.Inputs.Take(EquatableArray.Range(Math.Min(Inference.Batch, Data.Train.Count))),
        LossKind.SoftmaxCrossEntropy).At("the trained net");

    private Outcome<NetScore?> Score(IBackend backend, Variables? variables) => (variables, Data.Test) is ({ } scored, { } test)
        ? Inference.Score(backend, Network, scored, test).Map<NetScore?>(score => score)
        : Outcome.Ok<NetScore?>(null);

    // What the net has not been given is computed where there is something to tell by it.
    private Outcome<Variables?> Population(Terminal terminal, IBackend backend, TrainedNetwork trained)
    {
        terminal.Cancellation.ThrowIfCancellationRequested();
        return trained.Moments == MomentsKind.Population ? Outcome.Ok<Variables?>(trained.Variables)
            : Data.Test is null ? Outcome.Ok<Variables?>(null)
            : trained.Variables.WithPopulationMoments(backend, Network, Data.Train.Inputs, Root.Fork("population moments"),
                Options.Batch).Map<Variables?>(variables => variables);
    }
}

/// <summary>A trained net, and how it does.</summary>
/// <param name="Asked">What was to be trained.</param>
/// <param name="TrainedNetwork">What came of it.</param>
/// <param name="Test">How it does on the test images by moving moments; null without test images.</param>
/// <param name="Population">How by population moments of the training images; likewise.</param>
/// <param name="Speeds">Images a second of each epoch; null for those that a checkpoint brought.</param>
/// <param name="Elapsed">Wall clock.</param>
internal sealed record NetResult(NetTraining Asked, TrainedNetwork TrainedNetwork, NetScore? Test, NetScore? Population,
    EquatableArray<double?> Speeds, TimeSpan Elapsed)
{
    public NetworkPlan Plan => TrainedNetwork.Network.Check().OrThrow();

    /// <summary>What the net's batch normalization goes by, in a word.</summary>
    public string Moments => TrainedNetwork.Moments == MomentsKind.Population ? "population" : "moving";

    /// <summary>How the net that was given does on the test images.</summary>
    public NetScore? Given => TrainedNetwork.Moments == MomentsKind.Population ? Population : Test;
}

/// <summary>Cancelled, leaving something that the message tells of.</summary>
internal sealed class StoppedException(string message) : OperationCanceledException(message);
