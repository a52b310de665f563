using FunctionalStack.Cli.Nets;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Demos.BatchNorms;

/// <summary>All that was measured of batch normalization.</summary>
internal sealed record BatchNormResult(EquatableArray<Curve> Curves, EquatableArray<Drift> Drifts, EquatableArray<GradientNorms> Gradients, EquatableArray<Invariance> Invariances);

/// <summary>What batch normalization is said to do (Ioffe &amp; Szegedy 2015), each claim with and without it.</summary>
internal static class BatchNormExperiment
{
    /// <summary>Of each class alike, what the curves are tested on where the images come without test images.</summary>
    private const double TestShare = 0.2;

    public static IReadOnlyList<Layer> Activations { get; } = [new Layer.Sigmoid(), new Layer.ReLU()];

    /// <summary>The embedded digits, a fifth set aside to test on.</summary>
    public static Outcome<(LabelledExamples Train, LabelledExamples Test)> Digits(Seed seed) =>
        from data in DigitsExperiment.Data()
        from folds in new FoldPlan.HoldOut(TestShare, seed.Fork("test")).Split(data.Roles)
        let images = DigitsExperiment.Images(data)
        select (images.Take(folds[0].Train), images.Take(folds[0].Holdout));

    public static BatchNormResult Run(TrainingPool pool, LabelledExamples train, LabelledExamples test, int epochs, Seed seed, Action<Curve> report, CancellationToken cancellation) => new(
        BatchNormCurves.Run(pool, train, test, epochs, seed.Fork("curves"), report, cancellation),
        BatchNormDrift.Run(pool, train, test, 3 * epochs, seed.Fork("drift"), cancellation),
        BatchNormGradients.Run(pool.Backend, train, seed.Fork("gradients")),
        BatchNormInvariance.Run(pool.Backend, train, seed.Fork("invariance")));

    /// <summary>Loss and gradients of the first rows as one batch.</summary>
    public static (double Loss, EquatableArray<float> Gradients) Gradients(IBackend backend, NetworkPlan plan, Variables variables, LabelledExamples examples, int batch)
    {
        var optimizer = new Optimizer.Sgd();
        using var session = TrainingSession.Open(backend, plan, LossKind.SoftmaxCrossEntropy, optimizer, batch);
        session.Load(variables, OptimizerState.Initial(optimizer, plan.ParameterCount));
        var codes = ((Target.Classes)examples.Target).Codes;
        var metrics = session.Gradients(Numbers(examples.Inputs, batch), [.. codes.Take(batch).Select(code => (float)code)], default);
        return (metrics.Loss, session.ReadGradients());
    }

    private static float[] Numbers(Examples examples, int rows)
    {
        var (size, numbers) = (examples.Shape.Size, new float[rows * examples.Shape.Size]);
        for (var row = 0; row < rows; row++) examples.CopyTo(row, numbers.AsSpan(row * size, size));
        return numbers;
    }
}
