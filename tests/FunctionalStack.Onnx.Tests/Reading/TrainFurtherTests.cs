using FunctionalStack.IO;
using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;
using FunctionalStack.Onnx.Tests.Nets;
using Xunit;

namespace FunctionalStack.Onnx.Tests.Reading;

/// <summary>A net that was read is trained further, saved and loaded.</summary>
public class TrainFurtherTests
{
    private static readonly Network network = Network.Of(new(6, 6, 1), new Layer.Conv2D(3), new Layer.ReLU(), new Layer.Flatten(),
        new Layer.Dense(2), new Layer.Softmax());

    [Fact]
    public void Training_begins_with_the_numbers_of_the_file()
    {
        var net = OnnxImport.Network("f", OnnxExport.Of(NetworkFormsTests.Model(network, Seed.Of(2))).OrThrow().ToArray()).OrThrow();
        var stream = Seed.Of(1).Stream();
        var inputs = new Examples.Floats(network.Input, [.. Enumerable.Range(0, 20 * 36).Select(_ => (float)stream.NextDouble())]);
        var data = new TrainingData(new LabelledExamples(inputs,
            new Target.Classes(net.Levels, [.. Enumerable.Range(0, 20).Select(at => at % 2)])));
        using var backend = new HostBackend(1);
        var none = new TrainingOptions(1, 5, new Optimizer.Sgd(1e-30), Moments: MomentsKind.Moving);
        var start = Checkpoint.Starting(net.Network, net.Variables, data, none, Seed.Of(3)).OrThrow();
        var still = Training.Fit(backend, net.Network, data, none, Seed.Of(3), new() { From = start }).OrThrow();
        Assert.All(net.Variables.Parameters.Zip(still.Variables.Parameters), pair => Assert.Equal(pair.First, pair.Second, 1e-20));

        // A saved start is the same start.
        var path = Path.Combine(Path.GetTempPath(), $"fstack-start-{Environment.ProcessId}.fstack");
        try
        {
            var some = none with { Optimizer = new Optimizer.Adam(), Epochs = 3 };
            var further = Checkpoint.Starting(net.Network, net.Variables, data, some, Seed.Of(3)).OrThrow();
            NetworkFile.SaveCheckpoint(path, further, net.Levels).OrThrow();
            var trained = Fitted(further);
            Assert.NotEqual(net.Variables.Parameters, trained.Variables.Parameters);
            Assert.Equal(trained.Variables, Fitted(NetworkFile.LoadCheckpoint(path).OrThrow()).Variables);

            NetworkFile.Save(path, net).OrThrow();
            Assert.Equal(net.Variables, NetworkFile.Load(path).OrThrow().Model.Variables);
            Assert.Contains("has no classes", Assert.IsType<Outcome<string>.Fail>(NetworkFile.Save(path,
                new(net.Network, net.Variables, default, 255))).Failure.What, StringComparison.Ordinal);
            Assert.Contains("not by 255", Assert.IsType<Outcome<string>.Fail>(NetworkFile.Save(path,
                new(net.Network, net.Variables, net.Levels))).Failure.What, StringComparison.Ordinal);

            TrainedNetwork Fitted(Checkpoint from) =>
                Training.Fit(backend, net.Network, data, some, Seed.Of(3), new() { From = from }).OrThrow();
        }
        finally
        {
            File.Delete(path);
        }

        Assert.IsType<Outcome<Checkpoint>.Fail>(Checkpoint.Starting(net.Network, new(default, default), data, none, Seed.Of(3)));
    }
}
