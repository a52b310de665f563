using FunctionalStack.Neural;

namespace FunctionalStack.Demos;

/// <summary>The setting and the scores of one training.</summary>
/// <param name="Activation">The activation of every layer except the last.</param>
/// <param name="Normalized">Whether the inputs of the activations are batch-normalized.</param>
/// <param name="Rate">The learning rate of Adam.</param>
/// <param name="Epochs">The scores of each epoch, up to the first non-finite loss.</param>
/// <param name="Broke">The failure that stopped the training early; null if it was completed.</param>
public sealed record Curve(string Activation, bool Normalized, double Rate, EquatableArray<EpochRecord> Epochs, Failure? Broke)
{
    /// <summary>The name in messages.</summary>
    public string Name => $"{Activation}, {(Normalized ? "with" : "without")} BN, rate {Rate}";
}

/// <summary>Trains the reference net with and without batch normalization, with sigmoid and with ReLU, at three learning rates.</summary>
public static class BatchNormCurves
{
    // With 0.99 the moving averages need hundreds of steps to converge; the embedded digits give 45 steps per epoch.
    private const double Momentum = 0.9;

    /// <summary>The learning rates.</summary>
    public static IReadOnlyList<double> Rates { get; } = [1e-3, 1e-2, 1e-1];

    /// <summary>The reference net for these images with the given activation. Without batch normalization, the layers have biases
    /// instead.</summary>
    public static Network Network(Neural.Shape input, int classes, bool normalized, Layer activation) =>
        ReferenceNetwork.For(input, classes) is var reference
        ? reference
            with
        {
            Layers =
            EquatableArray.From(reference.Layers.Where(layer => normalized || layer is not Layer.BatchNorm)
                .Select(layer => Changed(layer, normalized, activation)))
        }
        : throw new InvalidOperationException();

    /// <summary>Runs the twelve trainings from the same seed; on the host they run in parallel.</summary>
    public static EquatableArray<Curve> Run(TrainingPool pool, LabelledExamples train, LabelledExamples test, int epochs, Seed seed,
        Action<Curve> report, CancellationToken cancellation)
    {
        var asked = (from activation in BatchNormExperiment.Activations
                     from rate in Rates
                     from normalized in new[] { false, true }
                     select (activation, rate, normalized)).ToArray();
        var curves = new Curve[asked.Length];
        pool.Each(asked.Length, cancellation, (backend, i) =>
        {
            var (activation, rate, normalized) = asked[i];
            curves[i] = Train(backend, activation, rate, normalized, train, test, epochs, seed, cancellation);
            lock (curves) report(curves[i]);
        });
        return EquatableArray.Own(curves);
    }

    private static Curve Train(IBackend backend, Layer activation, double rate, bool normalized, LabelledExamples train,
        LabelledExamples test, int epochs, Seed seed, CancellationToken cancellation)
    {
        var network = Network(train.Inputs.Shape, ((Target.Classes)train.Target).Levels.Count, normalized, activation);
        var records = new List<EpochRecord>();
        var outcome = Training.Fit(backend, network, new(train, Test: test),
            new(epochs, Optimizer: new Optimizer.Adam(rate), Moments: MomentsKind.Moving), seed, new()
            {
                EpochEnded = end => records.Add(end.Record),
                Cancellation = cancellation,
            });
        return new($"{activation}", normalized, rate, EquatableArray.From(records), outcome.Match(_ => null, failure => (Failure?)failure));
    }

    private static Layer Changed(Layer layer, bool normalized, Layer activation) => layer switch
    {
        Layer.Conv2D conv => conv with { Bias = conv.Bias || !normalized },
        Layer.Dense dense => dense with { Bias = dense.Bias || !normalized },
        Layer.ReLU => activation,
        Layer.BatchNorm norm => norm with { Momentum = Momentum },
        _ => layer,
    };
}
