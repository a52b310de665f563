using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.IO;
using FunctionalStack.Laws;
using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Xunit;

namespace FunctionalStack.Onnx.Tests.Nets;

/// <summary>Exported nets predict what the host backend predicts. Both compute in single precision, with other orders of sums.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(NetworkFormsTests)], MaxTest = 60)]
public class NetworkFormsTests
{
    /// <summary>A net whose last layer has the outputs of 3 classes.</summary>
    public sealed record AnyNetwork(Network Network);

    public static Arbitrary<AnyNetwork> Networks() =>
        (from height in Gen.Choose(6, 9)
         from width in Gen.Choose(6, 9)
         from channels in Gen.Elements(1, 3)
         from layers in Gen.Choose(1, 4).SelectMany(count => ImageLayer.ArrayOf(count))
         from end in Gen.Elements<Layer>(new Layer.Flatten(), new Layer.GlobalAveragePool())
         from hidden in Gen.Elements<Layer[]>([], [new Layer.Dense(5), new Layer.BatchNorm(), new Layer.Tanh(), new Layer.Dropout()],
             [new Layer.BatchNorm(), new Layer.Dense(4, Bias: false), new Layer.Sigmoid()])
         from softmax in Gen.Elements(true, false)
         select new AnyNetwork(Network.Of(new(height, width, channels),
             [.. layers, end, .. hidden, new Layer.Dense(3), .. softmax ? (Layer[])[new Layer.Softmax()] : []]))).ToArbitrary();

    [Property]
    public void Exported_nets_predict_what_the_net_predicts(AnyNetwork any, Seed seed)
    {
        if (any.Network.Check() is not Outcome<NetworkPlan>.Ok) return;
        Check(any.Network, seed);
    }

    [Fact]
    public void The_reference_net_is_exported() => Check(ReferenceNetwork.For(new(28, 28, 1), 10), Seed.Of(3));

    private static void Check(Network network, Seed seed)
    {
        const int count = 5;
        var net = Model(network, seed);
        var (variables, levels) = (net.Variables, net.Levels);
        var stream = seed.Fork("pixels").Stream();
        byte[] pixels = [.. Enumerable.Range(0, count * network.Input.Size).Select(_ => (byte)stream.Next(256))];
        using var backend = new HostBackend(1);
        var inputs = new Examples.Floats(network.Input, EquatableArray.From(pixels.Select(pixel => pixel / 255f)));
        var expected = Inference.Predict(backend, network, variables, inputs, LossKind.SoftmaxCrossEntropy).OrThrow()
            .Probabilities(levels);

        var exported = OnnxExport.Of(net, new ModelCard("y", levels, new(default), 1)).OrThrow();
        Assert.Equal(["images"], exported.Inputs);
        using var session = OnnxRun.Open(exported.ToArray());
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("images", new DenseTensor<float>(
            pixels.Select(pixel => (float)pixel).ToArray(),
            [count, network.Input.Height, network.Input.Width, network.Input.Channels]))]);
        Agree.Of(expected, new([.. results[0].AsEnumerable<string>()], [.. results[1].AsEnumerable<double>()]), Agree.Single);
    }

    /// <summary>The net with random variables.</summary>
    internal static NetworkModel Model(Network network, Seed seed)
    {
        var plan = network.Check().OrThrow();
        return new(network, Moved(Variables.Initial(plan, seed), seed.Fork("moments")),
            EquatableArray.From(Enumerable.Range(0, plan.Output.Size).Select(code => $"c{code}")), 255);
    }

    // Moments other than 0 and 1.
    private static Variables Moved(Variables variables, Seed seed)
    {
        var stream = seed.Stream();
        return variables with { Moments = EquatableArray.From(variables.Moments.Select(_ => (float)(0.2 + stream.NextDouble()))) };
    }

    private static Gen<Layer> ImageLayer { get; } = Gen.OneOf(
        from filters in Gen.Choose(1, 4)
        from kernel in Gen.Choose(1, 4)
        from stride in Gen.Choose(1, 2)
        from padding in Gen.Elements(Padding.Same, Padding.Valid)
        from bias in Gen.Elements(true, false)
        select (Layer)new Layer.Conv2D(filters, kernel, stride, padding, bias),
        Gen.Elements<Layer>(new Layer.BatchNorm(), new Layer.ReLU(), new Layer.LeakyReLU(0.1), new Layer.Sigmoid(), new Layer.Tanh(),
            new Layer.MaxPool2D(), new Layer.MaxPool2D(3, 2), new Layer.AveragePool2D(2, 1), new Layer.Dropout()),
        Gen.Constant<Layer>(new Layer.Residual([new Layer.BatchNorm(), new Layer.ReLU()])),
        Gen.Constant<Layer>(new Layer.Residual(
            [new Layer.Conv2D(2, 3, 2, Padding.Same, false), new Layer.BatchNorm(), new Layer.ReLU()],
            [new Layer.Conv2D(2, 1, 2, Padding.Same)])));
}
