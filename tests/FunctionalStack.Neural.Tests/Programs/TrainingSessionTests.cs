using FsCheck.Xunit;
using FunctionalStack.Neural.Host;
using FunctionalStack.Oracle;
using Xunit;
using static FunctionalStack.Neural.Tests.Cases;

namespace FunctionalStack.Neural.Tests.Programs;

public class TrainingSessionTests
{
    [Property(Arbitrary = [typeof(Nets)], MaxTest = 150)]
    public void The_host_agrees_with_the_oracle_on_whole_nets(NetCase net)
    {
        var (loss, gradients, moments) = Run(new OracleBackend());
        foreach (var lanes in new[] { 4, 8, 16 })
        {
            var (hostLoss, hostGradients, hostMoments) = Run(new HostBackend(1, lanes));
            Assert.Equal(loss, hostLoss, 1e-4 * (1 + Math.Abs(loss)));
            Near(gradients, hostGradients, i => net.Plan.Parameters.Last(block => block.Offset <= i).Name);
            Near(moments, hostMoments, i => net.Plan.Moments.Last(block => block.Offset <= i).Name);
        }

        (double, EquatableArray<float>, EquatableArray<float>) Run(IBackend backend)
        {
            using var owned = backend;
            using var session = TrainingSession.Open(backend, net.Plan, net.Loss, new Optimizer.Sgd(), net.Rows);
            session.Load(net.Variables, OptimizerState.Initial(new Optimizer.Sgd(), net.Plan.ParameterCount));
            var metrics = session.Gradients(net.Inputs, net.Targets, net.Seed);
            return (metrics.Loss, session.ReadGradients(), session.Variables.Moments);
        }

        // Relative to the maximum: normalization subtracts sums that nearly cancel. The steepest of these nets (epsilon 0.05, a few
        // layers) amplify float32's 1e-7 about a thousand times.
        static void Near(EquatableArray<float> expected, EquatableArray<float> actual, Func<int, string> place)
        {
            var scale = expected.Select(Math.Abs).DefaultIfEmpty().Max();
            for (var i = 0; i < expected.Count; i++)
                Assert.True(Math.Abs(expected[i] - actual[i]) <= 2e-4 * (1 + scale),
                    $"{place(i)}: {actual[i]}, the oracle says {expected[i]}");
        }
    }

    [Fact]
    public void A_step_allocates_nothing_after_the_first()
    {
        using var backend = new HostBackend(1);
        var plan = Small.Check().OrThrow();
        var data = Classes(Small.Input, 30);
        var buffer = new BatchBuffer(data.Inputs, Targets.Of(data.Target, LossKind.SoftmaxCrossEntropy, plan.Output).OrThrow(), 8);
        var optimizer = new Optimizer.Adam(WeightDecay: 0.01);
        using var session = TrainingSession.Open(backend, plan, LossKind.SoftmaxCrossEntropy, optimizer, 8);
        session.Load(Variables.Initial(plan, Seed.Of(1)), OptimizerState.Initial(optimizer, plan.ParameterCount));
        Step(0);
        // The runtime allocates too, once, when it recompiles a method during a step. What a step allocates it allocates each time.
        Assert.Equal(0, Enumerable.Range(0, 5).Min(turn => Allocated(1 + 10 * turn)));

        long Allocated(int first)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var step = first; step < first + 10; step++) Step(step);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Step(int step)
        {
            buffer.Gather(step % 11 * 2, step % 11 * 2 + 8);
            session.Step(buffer.Inputs, buffer.Targets, 0.5, Seed.Of(1).Fork(step));
        }
    }

    [Theory]
    [InlineData(0, "layer 1, Dense(2, no bias)")]
    [InlineData(2, "layer 2, Dense(2, no bias)")]
    public void The_first_number_that_is_not_finite_is_found(int huge, string layer)
    {
        using var backend = new OracleBackend();

        // Kernels of 1: each layer adds its two inputs. One weight is so great that its layer's result is beyond float32.
        var plan = Network.Of(Shape.Vector(2), new Layer.Dense(2, false), new Layer.Dense(2, false), new Layer.Dense(2, false)).Check()
            .OrThrow();
        var kernels = Enumerable.Repeat(1f, 12).ToArray();
        kernels[huge * 2] = float.MaxValue;
        using var session = TrainingSession.Open(backend, plan, LossKind.SquaredError, new Optimizer.Sgd(), 1);
        var variables = new Variables(EquatableArray.Of(kernels), default);
        session.Load(variables, OptimizerState.Initial(new Optimizer.Sgd(), 12));
        Assert.Null(session.FirstNotFinite());
        var metrics = session.Step([8, 8], [0, 0], 1, default);
        Assert.False(double.IsFinite(metrics.Loss));
        Assert.Equal(layer, session.FirstNotFinite());
        AssertSameBits(variables, session.Variables);
        Assert.Equal(0, session.Steps);
    }

    [Fact]
    public void Parameters_that_are_not_finite_are_named()
    {
        using var backend = new OracleBackend();
        var plan = Network.Of(Shape.Vector(2), new Layer.Dense(2), new Layer.Dense(1)).Check().OrThrow();
        using var session = TrainingSession.Open(backend, plan, LossKind.SquaredError, new Optimizer.Sgd(), 1);
        session.Load(new([1, 1, 1, 1, 0, 0, 1, float.NaN, 0], default), OptimizerState.Initial(new Optimizer.Sgd(), 9));
        Assert.Equal("layer 2, Dense(1), kernel", session.FirstNotFinite());
    }

    [Fact]
    public void Inputs_that_are_no_rows_are_a_programming_error()
    {
        using var backend = new OracleBackend();
        using var session =
            TrainingSession.Open(backend, Perceptron.Check().OrThrow(), LossKind.SoftmaxCrossEntropy, new Optimizer.Sgd(), 2);
        Assert.Throws<ArgumentException>(() => session.Step([], [], 1, default));
        Assert.Throws<ArgumentException>(() => session.Step(new float[6], [0], 1, default));
        Assert.Throws<ArgumentException>(() => session.Step(new float[12], [0, 0, 0], 1, default));
    }
}
