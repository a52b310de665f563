using FunctionalStack.Cli.Nets;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Demos.BatchNorms;

/// <summary>One training: how, and what each epoch came to.</summary>
/// <param name="Activation">What stands behind every layer but the last.</param>
/// <param name="Normalized">Whether a batch normalization stands before it.</param>
/// <param name="Rate">Adam's.</param>
/// <param name="Epochs">Up to where the loss stopped being a number.</param>
/// <param name="Broke">Why it stopped early; null where it didn't.</param>
internal sealed record Curve(string Activation, bool Normalized, double Rate, EquatableArray<EpochRecord> Epochs, Failure? Broke)
{
    public string Name => $"{Activation}, {(Normalized ? "with" : "without")} BN, rate {Rate}";
}

/// <summary>The reference net with and without batch normalization, by sigmoid and by ReLU, at three learning rates.</summary>
internal static class BatchNormCurves
{
    // At 0.99 the moving moments take hundreds of steps to arrive; the embedded digits have 45 an epoch.
    private const double Momentum = 0.9;

    public static IReadOnlyList<double> Rates { get; } = [1e-3, 1e-2, 1e-1];

    /// <summary>The reference net for these images, its batch normalizations taken out (and biases put in) or its activation changed.</summary>
    public static Network Network(Neural.Shape input, int classes, bool normalized, Layer activation) => ReferenceNetwork.For(input, classes) is var reference
        ? reference with { Layers = EquatableArray.From(reference.Layers.Where(layer => normalized || layer is not Layer.BatchNorm).Select(layer => Changed(layer, normalized, activation))) }
        : throw new InvalidOperationException();

    /// <summary>Twelve trainings from the same seed, as many at a time as there are threads on the host.</summary>
    public static EquatableArray<Curve> Run(TrainingPool pool, LabelledExamples train, LabelledExamples test, int epochs, Seed seed, Action<Curve> report, CancellationToken cancellation)
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

    private static Curve Train(IBackend backend, Layer activation, double rate, bool normalized, LabelledExamples train, LabelledExamples test, int epochs, Seed seed, CancellationToken cancellation)
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
