using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Demos.Tests;

/// <summary>The experiment on the embedded 8 x 8 digits.</summary>
public class MnistStackExperimentTests
{
    private static readonly LabelledExamples Digits = DigitsExperiment.Images(DigitsExperiment.Data().OrThrow());
    private static readonly LabelledExamples Train = Digits.Take(EquatableArray.Range(600));
    private static readonly LabelledExamples Test = Digits.Take(EquatableArray.From(Enumerable.Range(600, 200)));

    [Fact]
    public void The_stack_is_the_mean_of_the_snapshots_of_one_training()
    {
        using HostBackend one = new(1), two = new(2);
        var ends = new List<EpochEnd>();
        var stack = Run(one, MnistStackExperiment.Cycles, ends.Add).OrThrow();
        Assert.Equal(MnistStackExperiment.Cycles, stack.Snapshots.Count);
        Assert.Equal(EquatableArray.From(ends.Select(end => end.Record)), stack.History);
        Assert.All(stack.History, record => Assert.Null(record.Test));

        // By hand: the same snapshots, and the mean of their probabilities.
        var network = ReferenceNetwork.For(Train.Inputs.Shape, 10);
        var outputs = Snapshots.Fit(one, network, Train, MnistStackExperiment.Options(MnistStackExperiment.Cycles),
                MnistStackExperiment.Cycles, Seed.Of(1)).OrThrow()
            .Select(variables => Inference.Predict(one, network, variables, Test.Inputs, LossKind.SoftmaxCrossEntropy).OrThrow()).ToArray();
        var mean = Enumerable.Range(0, stack.Predicted.Matrix.Count)
            .Select(i => outputs.Average(output => (double)output.Matrix[i])).ToArray();
        Assert.All(mean.Zip(stack.Predicted.Matrix), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        var codes = ((Target.Classes)Test.Target).Codes;
        Assert.Equal(stack.Stacked.Accuracy!.Value,
            Enumerable.Range(0, 200).Average(row => mean[(row * 10)..(row * 10 + 10)].Index().MaxBy(at => at.Item).Index == codes[row]
                ? 1.0 : 0));
        Assert.Equal(stack, Run(two, MnistStackExperiment.Cycles).OrThrow());
    }

    [Fact]
    public void It_learns()
    {
        using var backend = new HostBackend(1);
        var stack = Run(backend, 2 * MnistStackExperiment.Cycles).OrThrow();

        // Chance is 0.1. 1-nearest-neighbour with as many training images has about 0.95.
        Assert.InRange(stack.Stacked.Accuracy!.Value, 0.8, 1);
        Assert.InRange(stack.Stacked.Loss, 0, stack.Snapshots[0].Loss);
    }

    [Fact]
    public void Epochs_that_are_not_whole_cycles_fail()
    {
        using var backend = new HostBackend(1);
        Assert.IsType<Outcome<MnistStack>.Fail>(Run(backend, MnistStackExperiment.Cycles + 1));
    }

    private static Outcome<MnistStack> Run(HostBackend backend, int epochs, Action<EpochEnd>? ended = null) =>
        MnistStackExperiment.Run(new NoBars(), backend, Train, Test, epochs, Seed.Of(1), ended);

    private sealed class NoBars : IProgressBars
    {
        public CancellationToken Cancellation => default;

        public T Progress<T>(string title, Func<IProgress<FitProgress>, T> work) => work(new Progress<FitProgress>());

        public T Training<T>(string title, Func<IProgress<TrainingProgress>, T> work) => work(new Progress<TrainingProgress>());
    }
}
