using FunctionalStack.Neural;

namespace FunctionalStack.Demos;

/// <summary>The results of the batch-normalization experiments.</summary>
/// <param name="Curves">The training curves.</param>
/// <param name="Drifts">The inputs of one hidden unit during training.</param>
/// <param name="Gradients">The gradient norms of deep nets at initialization.</param>
/// <param name="Invariances">The effects of scaling a layer's weights.</param>
public sealed record BatchNormResult(EquatableArray<Curve> Curves, EquatableArray<Drift> Drifts, EquatableArray<GradientNorms> Gradients,
    EquatableArray<Invariance> Invariances);

/// <summary>The claims of Ioffe &amp; Szegedy (2015) about batch normalization, each measured with and without it.</summary>
public static class BatchNormExperiment
{
    /// <summary>The share of the embedded digits set aside as test images, stratified by class.</summary>
    private const double TestShare = 0.2;

    /// <summary>The number of epochs of each of the twelve nets. The nets of the drift are trained for three times as many.</summary>
    public const int Epochs = 8;

    /// <summary>The activations compared: sigmoid and ReLU.</summary>
    public static IReadOnlyList<Layer> Activations { get; } = [new Layer.Sigmoid(), new Layer.ReLU()];

    /// <summary>The embedded digits, with a fifth as test images.</summary>
    public static Outcome<(LabelledExamples Train, LabelledExamples Test)> Digits(Seed seed) =>
        from data in DigitsExperiment.Data()
        from folds in new FoldPlan.HoldOut(TestShare, seed.Fork("test")).Split(data.Roles)
        let images = DigitsExperiment.Images(data)
        select (images.Take(folds[0].Train), images.Take(folds[0].Holdout));

    /// <summary>Runs the four experiments.</summary>
    /// <param name="pool">Trains the nets.</param>
    /// <param name="train">The training images.</param>
    /// <param name="test">The test images.</param>
    /// <param name="epochs">The number of epochs of each training curve.</param>
    /// <param name="seed">The seed of all trainings.</param>
    /// <param name="report">Called after each training, never concurrently.</param>
    /// <param name="cancellation">Stops the trainings.</param>
    public static BatchNormResult Run(TrainingPool pool, LabelledExamples train, LabelledExamples test, int epochs, Seed seed,
        Action<Curve> report, CancellationToken cancellation) => new(
        BatchNormCurves.Run(pool, train, test, epochs, seed.Fork("curves"), report, cancellation),
        BatchNormDrift.Run(pool, train, test, 3 * epochs, seed.Fork("drift"), cancellation),
        BatchNormGradients.Run(pool.Backend, train, seed.Fork("gradients")),
        BatchNormInvariance.Run(pool.Backend, train, seed.Fork("invariance")));

    /// <summary>The loss and the gradients of one batch: the first <paramref name="batch"/> images.</summary>
    public static (double Loss, EquatableArray<float> Gradients) Gradients(IBackend backend, NetworkPlan plan, Variables variables,
        LabelledExamples examples, int batch)
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
