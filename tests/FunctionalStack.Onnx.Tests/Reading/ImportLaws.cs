using FsCheck.Xunit;
using FunctionalStack.Laws;
using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;
using FunctionalStack.Onnx.Tests.Nets;
using Xunit;

namespace FunctionalStack.Onnx.Tests.Reading;

/// <summary>A net that was exported and read is the same net.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(NetworkFormsTests)], MaxTest = 100)]
public class ImportLaws
{
    /// <summary>
    /// Predictions differ only where dropout, or flattening of one pixel, stood between a layer and its normalization: it is gone in the
    /// file, so that the two are folded when the read net predicts. Each folded number is rounded once more, by a few units of 2^-24 a
    /// layer.
    /// </summary>
    private const double Folded = 1e-4;

    [Property]
    public void An_exported_net_is_read_as_the_same_net(NetworkFormsTests.AnyNetwork any, Seed seed)
    {
        if (any.Network.Check() is not Outcome<NetworkPlan>.Ok) return;
        Check(any.Network, seed);
    }

    [Fact]
    public void The_reference_net_is_read() => Check(ReferenceNetwork.For(new(28, 28, 1), 10), Seed.Of(3));

    [Fact]
    public void Dropout_before_a_normalization_is_read_within_the_bound() => Check(Network.Of(new(6, 6, 2), new Layer.Conv2D(4),
        new Layer.Dropout(), new Layer.BatchNorm(), new Layer.Residual([new Layer.Dropout()]), new Layer.Flatten(), new Layer.Dense(3)),
        Seed.Of(3));

    private static void Check(Network network, Seed seed)
    {
        var net = NetworkFormsTests.Model(network, seed);
        var file = OnnxExport.Of(net).OrThrow().ToArray();
        var read = OnnxImport.Network("net.onnx", file).OrThrow();
        Assert.Equal(net.Levels, read.Levels);
        Assert.Equal(net.Divisor, read.Divisor);
        Assert.Equal(net.Network.Input, read.Network.Input);
        var (expected, actual) = (Predicted(net, seed), Predicted(read, seed));
        if (Normalizations(net) == Normalizations(read)) Assert.Equal(expected, actual);
        else Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Folded));

        // Once more: the file has nothing left that reading changes.
        Assert.Equal(actual, Predicted(OnnxImport.Network("net.onnx", OnnxExport.Of(read).OrThrow().ToArray()).OrThrow(), seed));
    }

    // Those that are left when the net predicts.
    private static int Normalizations(NetworkModel net) =>
        Folding.WithFoldedBatchNorm(net.Plan, net.Variables).Network.Check().OrThrow().Nodes.Count(node => node.Layer is Layer.BatchNorm);

    private static float[] Predicted(NetworkModel net, Seed seed)
    {
        var (stream, shape) = (seed.Fork("pixels").Stream(), net.Network.Input);
        using var backend = new HostBackend(1);
        var inputs = new Examples.Floats(shape, [.. Enumerable.Range(0, 4 * shape.Size).Select(_ => (float)stream.NextDouble())]);
        return [.. Inference.Predict(backend, net.Network, net.Variables, inputs, LossKind.SoftmaxCrossEntropy).OrThrow().Matrix];
    }
}
