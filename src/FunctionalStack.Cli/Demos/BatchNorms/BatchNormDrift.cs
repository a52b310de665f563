using FunctionalStack.Cli.Nets;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Demos.BatchNorms;

/// <summary>What one hidden unit is given over the course of a training: figure 1 b and c of Ioffe &amp; Szegedy 2015.</summary>
/// <param name="Normalized">Whether a batch normalization stands before the sigmoids.</param>
/// <param name="Points">One an epoch.</param>
internal sealed record Drift(bool Normalized, EquatableArray<DriftPoint> Points)
{
    /// <summary>How far the median moved on average from epoch to epoch, in spans from 15th to 85th percentile; NaN of one epoch.</summary>
    public double Movement => Points.Zip(Points.Skip(1)).Select(pair => Math.Abs(pair.Second.Median - pair.First.Median)).DefaultIfEmpty(double.NaN).Average()
        / Points.Average(point => point.High - point.Low);
}

/// <param name="Step">Steps taken.</param>
/// <param name="Low">15th percentile of the unit's inputs over the test images.</param>
/// <param name="Median">50th.</param>
/// <param name="High">85th.</param>
/// <param name="TestAccuracy">Of the net.</param>
internal readonly record struct DriftPoint(int Step, double Low, double Median, double High, double TestAccuracy);

/// <summary>The paper's own net: three dense layers of 100 sigmoids, batches of 60; the unit is the first of the last hidden layer.</summary>
internal static class BatchNormDrift
{
    private const int Hidden = 3;
    private const int Units = 100;
    private const int Batch = 60;
    private const double Rate = 0.1;

    public static Network Network(Neural.Shape input, int classes, bool normalized) => Neural.Network.Of(
        input,
        [new Layer.Flatten(), .. Enumerable.Range(0, Hidden).SelectMany(_ => Block(normalized)), new Layer.Dense(classes), new Layer.Softmax()]);

    /// <summary>Without batch normalization, then with it.</summary>
    public static EquatableArray<Drift> Run(TrainingPool pool, LabelledExamples train, LabelledExamples test, int epochs, Seed seed, CancellationToken cancellation)
    {
        var drifts = new Drift[2];
        pool.Each(drifts.Length, cancellation, (backend, i) => drifts[i] = Of(backend, i == 1, train, test, epochs, seed, cancellation));
        return EquatableArray.Own(drifts);
    }

    private static Drift Of(IBackend backend, bool normalized, LabelledExamples train, LabelledExamples test, int epochs, Seed seed, CancellationToken cancellation)
    {
        var network = Network(train.Inputs.Shape, ((Target.Classes)train.Target).Levels.Count, normalized);
        // Up to what the last hidden layer's sigmoids are given.
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
        normalized ? [new Layer.Dense(Units, Bias: false), new Layer.BatchNorm(), new Layer.Sigmoid()] : [new Layer.Dense(Units), new Layer.Sigmoid()];
}
