using FunctionalStack.Neural;

namespace FunctionalStack.Demos;

/// <summary>The norms of the kernel gradients of each layer at initialization.</summary>
/// <param name="Activation">The activation of every layer except the last.</param>
/// <param name="Normalized">Whether the inputs of the activations are batch-normalized.</param>
/// <param name="Norms">The Euclidean norms, from the first layer to the last.</param>
public sealed record GradientNorms(string Activation, bool Normalized, EquatableArray<double> Norms)
{
    /// <summary>The name in tables and legends.</summary>
    public string Name => $"{Activation}, {(Normalized ? "with" : "without")} BN";
}

/// <summary>Measures whether gradients reach the first of 20 layers at initialization.</summary>
public static class BatchNormGradients
{
    /// <summary>The number of dense layers.</summary>
    public const int Depth = 20;

    private const int Units = 64;
    private const int Batch = 128;

    /// <summary>Measures the nets of both activations, each without and with batch normalization, on one batch.</summary>
    public static EquatableArray<GradientNorms> Run(IBackend backend, LabelledExamples train, Seed seed) => EquatableArray.From(
        from activation in BatchNormExperiment.Activations
        from normalized in new[] { false, true }
        select new GradientNorms($"{activation}", normalized, Norms(backend, activation, normalized, train, seed)));

    private static EquatableArray<double> Norms(IBackend backend, Layer activation, bool normalized, LabelledExamples train, Seed seed)
    {
        var classes = ((Target.Classes)train.Target).Levels.Count;
        var network = Network.Of(
            train.Inputs.Shape,
            [new Layer.Flatten(), .. Enumerable.Range(0, Depth - 1).SelectMany(_ => Block()), new Layer.Dense(classes)]);
        var plan = network.Check().OrThrow();
        var gradients =
            BatchNormExperiment.Gradients(backend, plan, Variables.Initial(plan, seed), train, Math.Min(Batch, train.Count)).Gradients;
        return EquatableArray.From(plan.Parameters.Where(block => block.Kind == BlockKind.Kernel)
            .Select(block => Math.Sqrt(gradients.AsSpan().Slice(block.Offset, block.Length).ToArray().Sum(g => (double)g * g))));

        Layer[] Block() =>
            normalized ? [new Layer.Dense(Units, Bias: false), new Layer.BatchNorm(), activation] : [new Layer.Dense(Units), activation];
    }
}

/// <summary>The effect of scaling the weights of a batch-normalized layer. In theory BN(aWx) = BN(Wx) and d/d(aW) = (1/a) d/dW.</summary>
/// <param name="Scale">The factor a.</param>
/// <param name="Loss">The relative change of the loss.</param>
/// <param name="Inputs">The relative change of the gradients below the layer, measured at the kernel of the layer before it.</param>
/// <param name="Weights">The relative difference of a times the gradient of the scaled weights from the gradient of the original
/// weights.</param>
public readonly record struct Invariance(double Scale, double Loss, double Inputs, double Weights);

/// <summary>Measures the scale invariance of section 3.3 of Ioffe &amp; Szegedy (2015) on one batch.</summary>
public static class BatchNormInvariance
{
    private const int Batch = 128;

    /// <summary>The factors a.</summary>
    public static IReadOnlyList<double> Scales { get; } = [0.1, 0.5, 2, 10, 100];

    /// <summary>Measures every factor.</summary>
    public static EquatableArray<Invariance> Run(IBackend backend, LabelledExamples train, Seed seed)
    {
        var classes = ((Target.Classes)train.Target).Levels.Count;
        // A tiny epsilon, because the invariance holds only up to epsilon / variance.
        var norm = new Layer.BatchNorm(Epsilon: 1e-12);
        var plan =
            Network.Of(train.Inputs.Shape, new Layer.Flatten(), new Layer.Dense(64), new Layer.Tanh(), new Layer.Dense(64, Bias: false),
                norm, new Layer.ReLU(), new Layer.Dense(classes)).Check().OrThrow();
        var (below, scaled) = (plan.Parameters[0], plan.Parameters[2]);
        var variables = Variables.Initial(plan, seed);
        var (loss, gradients) = BatchNormExperiment.Gradients(backend, plan, variables, train, Math.Min(Batch, train.Count));
        return EquatableArray.From(Scales.Select(scale =>
        {
            var parameters = variables.Parameters.ToArray();
            foreach (ref var weight in parameters.AsSpan(scaled.Offset, scaled.Length)) weight *= (float)scale;
            var (lossOfScaled, gradientsOfScaled) =
                BatchNormExperiment.Gradients(backend, plan, variables with { Parameters = EquatableArray.Own(parameters) }, train,
                    Math.Min(Batch, train.Count));
            return new Invariance(scale, Math.Abs(lossOfScaled - loss) / loss, Difference(below, 1), Difference(scaled, scale));

            double Difference(Block block, double factor)
            {
                var one = gradients.AsSpan().Slice(block.Offset, block.Length);
                var other = gradientsOfScaled.AsSpan().Slice(block.Offset, block.Length);
                var (apart, size) = (0.0, 0.0);
                for (var i = 0; i < one.Length; i++)
                {
                    apart += Math.Pow(factor * other[i] - one[i], 2);
                    size += (double)one[i] * one[i];
                }

                return Math.Sqrt(apart / size);
            }
        }));
    }
}
