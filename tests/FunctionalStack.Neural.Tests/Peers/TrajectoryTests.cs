using System.Text.Json;
using FunctionalStack.Laws;
using FunctionalStack.Neural.Host;
using FunctionalStack.Oracle;
using Xunit;

namespace FunctionalStack.Neural.Tests.Peers;

/// <summary>Twenty steps of training beside an independent implementation in NumPy: trajectory.py in this folder.</summary>
public class TrajectoryTests
{
    private const int Batch = 12;

    /// <summary>The same steps of NumPy in single precision differ from those in double precision by so much; the order of sums differs
    /// here, so some times that.</summary>
    private const double Times = 10;

    [Theory]
    [InlineData("adam", false)]
    [InlineData("momentum", false)]
    [InlineData("adam", true)]
    [InlineData("momentum", true)]
    public void Losses_parameters_and_moments_are_those_of_numpy(string name, bool oracle)
    {
        var json = JsonDocument.Parse(File.ReadAllText(
            Path.Combine(Repository.Root, "tests", "FunctionalStack.Neural.Tests", "Peers", "trajectory.json"))).RootElement;
        var expected = json.GetProperty(name);
        var single = Numbers(expected.GetProperty("single"));
        Optimizer optimizer = name == "adam" ? new Optimizer.Adam(0.01) : new Optimizer.Sgd(0.02, 0.9);
        var plan = Network.Of(new Shape(8, 8, 2), new Layer.Conv2D(4, Bias: false), new Layer.BatchNorm(Momentum: 0.9), new Layer.ReLU(),
            new Layer.MaxPool2D(), new Layer.Flatten(), new Layer.Dense(3)).Check().OrThrow();
        var initial = Variables.Initial(plan, Seed.Of(1)) with { Parameters = Singles(json.GetProperty("start")) };
        Assert.Equal(plan.ParameterCount, initial.Parameters.Count);
        using IBackend backend = oracle ? new OracleBackend() : new HostBackend(1);
        using var session = TrainingSession.Open(backend, plan, LossKind.SoftmaxCrossEntropy, optimizer, Batch);
        session.Load(initial, OptimizerState.Initial(optimizer, plan.ParameterCount));

        var (inputs, classes) = (Singles(json.GetProperty("inputs")).ToArray(), Singles(json.GetProperty("classes")).ToArray());
        var losses = new double[20];
        for (var step = 0; step < losses.Length; step++)
        {
            var first = step * Batch % classes.Length;
            losses[step] = session.Step(inputs.AsSpan(first * 128, Batch * 128), classes.AsSpan(first, Batch), 1, Seed.Of(1)).Loss;
        }

        Near("losses", losses, single[0]);
        Near("parameters", [.. session.Variables.Parameters.Select(one => (double)one)], single[1]);
        Near("moments", [.. session.Variables.Moments.Select(one => (double)one)], single[2]);

        void Near(string what, double[] found, double tolerance)
        {
            var numbers = Numbers(expected.GetProperty(what));
            Assert.Equal(numbers.Length, found.Length);
            for (var i = 0; i < numbers.Length; i++)
                Assert.True(Math.Abs(numbers[i] - found[i]) <= Times * tolerance, $"{what} {i}: {found[i]}, NumPy has {numbers[i]}");
        }
    }

    private static double[] Numbers(JsonElement json) => [.. json.EnumerateArray().Select(one => one.GetDouble())];

    private static EquatableArray<float> Singles(JsonElement json) =>
        EquatableArray.From(json.EnumerateArray().Select(one => (float)one.GetDouble()));
}
