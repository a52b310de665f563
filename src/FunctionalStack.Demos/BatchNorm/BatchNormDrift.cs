using FunctionalStack.Neural;

namespace FunctionalStack.Demos;

/// <summary>The inputs of one hidden unit during training: figure 1 (b) and (c) of Ioffe &amp; Szegedy (2015).</summary>
/// <param name="Normalized">Whether the inputs of the sigmoids are batch-normalized.</param>
/// <param name="Points">One point per epoch.</param>
public sealed record Drift(bool Normalized, EquatableArray<DriftPoint> Points)
{
    /// <summary>The mean absolute change of the median between epochs, divided by the mean distance of the 15th and 85th percentiles; NaN
    /// for a single epoch.</summary>
    public double Movement =>
        Points.Zip(Points.Skip(1)).Select(pair => Math.Abs(pair.Second.Median - pair.First.Median)).DefaultIfEmpty(double.NaN).Average()
        / Points.Average(point => point.High - point.Low);
}

/// <summary>The distribution of the unit's inputs after an epoch.</summary>
/// <param name="Step">The number of training steps so far.</param>
/// <param name="Low">The 15th percentile of the unit's inputs over the test images.</param>
/// <param name="Median">The median.</param>
/// <param name="High">The 85th percentile.</param>
/// <param name="TestAccuracy">The test accuracy of the net.</param>
public readonly record struct DriftPoint(int Step, double Low, double Median, double High, double TestAccuracy);

/// <summary>The paper's net: three dense layers of 100 sigmoid units, batch size 60. The unit measured is the first one of the last hidden
/// layer.</summary>
public static class BatchNormDrift
{
    private const int Hidden = 3;
    private const int Units = 100;
    private const int Batch = 60;
    private const double Rate = 0.1;

    /// <summary>The network for these images.</summary>
    public static Network Network(Neural.Shape input, int classes, bool normalized) => Neural.Network.Of(
        input,
        [new Layer.Flatten(), .. Enumerable.Range(0, Hidden).SelectMany(_ => Block(normalized)), new Layer.Dense(classes),
            new Layer.Softmax()]);

    /// <summary>Trains the net without and with batch normalization, and returns the results in this order.</summary>
    public static EquatableArray<Drift> Run(TrainingPool pool, LabelledExamples train, LabelledExamples test, int epochs, Seed seed,
        CancellationToken cancellation)
    {
        var drifts = new Drift[2];
        pool.Each(drifts.Length, cancellation, (backend, i) => drifts[i] = Of(backend, i == 1, train, test, epochs, seed, cancellation));
        return EquatableArray.Own(drifts);
    }

    private static Drift Of(IBackend backend, bool normalized, LabelledExamples train, LabelledExamples test, int epochs, Seed seed,
        CancellationToken cancellation)
    {
        var network = Network(train.Inputs.Shape, ((Target.Classes)train.Target).Levels.Count, normalized);
        // The layers below the sigmoids of the last hidden layer.
        var before = network with { Layers = EquatableArray.From(network.Layers.Take(1 + Hidden * Block(normalized).Length - 1)) };
        var parameters = before.Check().OrThrow().ParameterCount;
        var batch = Math.Min(Batch, train.Count);
        var steps = (train.Count + batch - 1) / batch;
        var points = new List<DriftPoint>();
        Training.Fit(backend, network, new(train, Test: test), new(epochs, batch, new Optimizer.Sgd(Rate), Moments: MomentsKind.Moving),
            seed, new()
            {
                Checkpoints = at => points.Add(Point(at.Variables, at.Epoch, at.History[^1].Test!.Accuracy!.Value)),
                Cancellation = cancellation,
            }).OrThrow();
        return new(normalized, EquatableArray.From(points));

        DriftPoint Point(Variables variables, int epoch, double accuracy)
        {
            var first = variables with { Parameters = EquatableArray.From(variables.Parameters.Take(parameters)) };
            var population = normalized ? first.WithPopulationMoments(backend, before, train.Inputs, seed, batch).OrThrow() : first;
            var given = Inference.Predict(backend, before, population, test.Inputs, LossKind.SquaredError).OrThrow();
            var sorted = Enumerable.Range(0, given.Count).Select(row => (double)given.Row(row)[0]).Order().ToArray();
            return new(epoch * steps, At(0.15), At(0.5), At(0.85), accuracy);

            double At(double share) => sorted[(int)(share * (sorted.Length - 1))];
        }
    }

    private static Layer[] Block(bool normalized) =>
        normalized
            ? [new Layer.Dense(Units, Bias: false), new Layer.BatchNorm(), new Layer.Sigmoid()]
            : [new Layer.Dense(Units), new Layer.Sigmoid()];
}
