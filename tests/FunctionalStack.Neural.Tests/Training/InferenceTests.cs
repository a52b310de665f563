using FsCheck.Xunit;
using FunctionalStack.Neural.Host;
using FunctionalStack.Oracle;
using Xunit;
using static FunctionalStack.Neural.Tests.Cases;

namespace FunctionalStack.Neural.Tests.Trainings;

public class InferenceTests
{
    [Property(MaxTest = 30)]
    public void Loss_and_accuracy_are_those_of_the_predicted_probabilities(byte rows, byte batch, byte seed, bool softmax)
    {
        using var backend = new OracleBackend();
        var network = softmax ? Perceptron with { Layers = [.. Perceptron.Layers, new Layer.Softmax()] } : Perceptron;
        var data = Classes(Perceptron.Input, rows % 20 + 1, seed: seed);
        var variables = Variables.Initial(network.Check().OrThrow(), Seed.Of(seed));
        var score = Inference.Score(backend, network, variables, data, batch: batch % 7 + 1).OrThrow();
        var predicted = Inference.Predict(backend, network, variables, data.Inputs, LossKind.SoftmaxCrossEntropy, batch % 5 + 1).OrThrow();
        var codes = ((Target.Classes)data.Target).Codes;
        Assert.Equal((3, data.Count), (predicted.Units, predicted.Count));
        Assert.All(Enumerable.Range(0, data.Count), row => Assert.Equal(1, predicted.Row(row).ToArray().Sum(), 1e-6));
        Assert.Equal(Enumerable.Range(0, data.Count).Average(row => -Math.Log(predicted.Row(row)[codes[row]])), score.Loss, 1e-5);
        Assert.Equal(Enumerable.Range(0, data.Count)
            .Average(row => predicted.Row(row).IndexOf(predicted.Row(row).ToArray().Max()) == codes[row] ? 1.0 : 0), score.Accuracy!.Value,
                1e-12);
    }

    [Property(MaxTest = 20, Arbitrary = [typeof(Nets)])]
    public void Predictions_have_the_same_bits_in_any_batch(NetCase it, bool two) =>
        PredictsTheSameInAnyBatch(it with { Rows = 300 }, two ? 2 : 1);

    // Sums split into no, some, and many blocks of 256, the last of them short; units that do not fill a vector.
    [Theory]
    [InlineData(256, 16)]
    [InlineData(257, 5)]
    [InlineData(1000, 40)]
    [InlineData(4608, 33)]
    public void However_many_numbers_a_dense_layer_sums(int inputs, int units) => PredictsTheSameInAnyBatch(
        new(Network.Of(Shape.Vector(inputs), new Layer.BatchNorm(), new Layer.ReLU(), new Layer.Dense(units), new Layer.BatchNorm(),
            new Layer.Tanh(), new Layer.Dense(3)), LossKind.SoftmaxCrossEntropy, 300, Seed.Of(1)), 2);

    private static void PredictsTheSameInAnyBatch(NetCase it, int threads)
    {
        using var backend = new HostBackend(threads);
        var (variables, inputs) = (it.Variables, new Examples.Floats(it.Network.Input, EquatableArray.Own(it.Inputs)));
        var together = Predict(it.Rows);
        foreach (var batch in new[] { 1, 7, 32, 255 }) Assert.Equal(together, Predict(batch));

        EquatableArray<float> Predict(int batch) =>
            Inference.Predict(backend, it.Network, variables, inputs, it.Loss, batch).OrThrow().Matrix;
    }

    [Fact]
    public void The_loss_of_a_class_that_is_all_but_impossible_keeps_its_digits()
    {
        using var backend = new OracleBackend();

        // Scores 200 and 0: softmax of the second is below float32's least number, its loss is 200.
        var network = Network.Of(Shape.Vector(1), new Layer.Dense(2, false), new Layer.Softmax());
        var data = new LabelledExamples(new Examples.Floats(network.Input, [200]), new Target.Classes(["a", "b"], [1]));
        Assert.Equal(new NetScore(200, 0), Inference.Score(backend, network, new([1, 0], []), data).OrThrow());
    }

    [Fact]
    public void Binary_cross_entropy_predicts_the_second_class()
    {
        using var backend = new OracleBackend();
        var network = Network.Of(Shape.Vector(1), new Layer.Dense(1, false));
        var data = new LabelledExamples(new Examples.Floats(network.Input, [0, 2]), new Target.Classes(["a", "b"], [0, 1]));
        Assert.Equal([0.5f, (float)(1 / (1 + Math.Exp(-2)))],
            Inference.Predict(backend, network, new([1], []), data.Inputs, LossKind.BinaryCrossEntropy).OrThrow().Matrix);
        var score = Inference.Score(backend, network, new([1], []), data, LossKind.BinaryCrossEntropy).OrThrow();
        Assert.Equal((Math.Log(2) + Math.Log(1 + Math.Exp(-2))) / 2, score.Loss, 1e-6);
        Assert.Equal(1, score.Accuracy);
    }

    [Fact]
    public void Examples_that_do_not_fit_are_refused()
    {
        using var backend = new OracleBackend();
        var variables = Variables.Initial(Perceptron.Check().OrThrow(), Seed.Of(1));
        Assert.Contains("2x2x1",
            FailureOf(Inference.Predict(backend, Perceptron, variables, Inputs(new(2, 2, 1), 3), LossKind.SoftmaxCrossEntropy)).What,
            StringComparison.Ordinal);
        Assert.Contains("2 classes", FailureOf(Inference.Score(backend, Perceptron, variables, Classes(Perceptron.Input, 3, 2))).What,
            StringComparison.Ordinal);
    }
}
