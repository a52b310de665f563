using FsCheck.Xunit;
using FunctionalStack.Neural.Host;
using Xunit;
using static FunctionalStack.Neural.Tests.Cases;

namespace FunctionalStack.Neural.Tests.Optimizing;

public class UpdatingTests
{
    private static readonly NetworkPlan Line = Network.Of(Shape.Vector(1), new Layer.Dense(1)).Check().OrThrow();

    // Parameter 1, gradients 1 and 1, rate 0.1: worked out by hand, and what PyTorch's (momentum as its rate-scaled
    // velocity, Nesterov) and Keras's optimizers give.
    [Theory]
    [InlineData("sgd", 0.9, 0.8)]
    [InlineData("momentum", 0.9, 0.71)]
    [InlineData("nesterov", 0.81, 0.539)]
    [InlineData("adam", 0.9, 0.8)]
    [InlineData("rmsprop", 0.683772234, 0.454356503)]
    public void Known_sequences(string name, double first, double second)
    {
        Optimizer optimizer = name switch
        {
            "sgd" => new Optimizer.Sgd(0.1),
            "momentum" => new Optimizer.Sgd(0.1, 0.9),
            "nesterov" => new Optimizer.Sgd(0.1, 0.9, true),
            "adam" => new Optimizer.Adam(0.1),
            _ => new Optimizer.RmsProp(0.1),
        };
        var one = optimizer.Update(Line, [1, 1], [1, 1], OptimizerState.Initial(optimizer, 2));
        Assert.Equal(first, one.Parameters[0], 1e-6);
        Assert.Equal(second, optimizer.Update(Line, one.Parameters, [1, 1], one.State).Parameters[0], 1e-6);
    }

    [Fact]
    public void Adam_of_unequal_gradients()
    {
        // g = 1, then -3. m = 0.1, then -0.21; v = 0.001, then 0.009999; corrected: m 1 and -0.21/0.19, v 1 and 0.009999/0.001999.
        var optimizer = new Optimizer.Adam(0.1);
        var one = optimizer.Update(Line, [0, 0], [1, 1], OptimizerState.Initial(optimizer, 2));
        var two = optimizer.Update(Line, one.Parameters, [-3, -3], one.State);
        Assert.Equal(-0.1 + 0.1 * (0.21 / 0.19) / Math.Sqrt(0.009999 / 0.001999), two.Parameters[0], 1e-6);
        Assert.Equal(2, two.State.Steps);
        Assert.Equal(-0.21, two.State.Mu[0], 1e-7);
    }

    [Fact]
    public void Weight_decay_pulls_at_kernels_only()
    {
        // Without a gradient: the L2 penalty adds decay x weight to it; decoupled decay subtracts rate x decay x weight.
        Optimizer plain = new Optimizer.Sgd(0.5, WeightDecay: 0.1), decoupled = new Optimizer.AdamW(0.5, WeightDecay: 0.1);
        foreach (var optimizer in new[] { plain, decoupled })
        {
            var after = optimizer.Update(Line, [2, 2], [0, 0], OptimizerState.Initial(optimizer, 2)).Parameters;
            Assert.Equal(2 - 0.5 * 0.1 * 2, after[0], 1e-6);
            Assert.Equal(2, after[1]);
        }

        var norm = Network.Of(Shape.Vector(1), new Layer.BatchNorm()).Check().OrThrow();
        Assert.Equal([2, 2], plain.Update(norm, [2, 2], [0, 0], OptimizerState.Initial(plain, 2)).Parameters);
    }

    [Fact]
    public void A_schedules_factor_scales_the_rate_and_the_decoupled_decay()
    {
        foreach (var (half, whole) in new (Optimizer, Optimizer)[]
        {
            (new Optimizer.Sgd(0.05, 0.9, true, 0.1), new Optimizer.Sgd(0.1, 0.9, true, 0.1)),
            (new Optimizer.Adam(0.05), new Optimizer.Adam(0.1)),
            (new Optimizer.AdamW(0.05), new Optimizer.AdamW(0.1)), (new Optimizer.RmsProp(0.05), new Optimizer.RmsProp(0.1)),
        })
        {
            Assert.Equal(half.Update(Line, [1, 2], [3, 4], OptimizerState.Initial(half, 2)),
                whole.Update(Line, [1, 2], [3, 4], OptimizerState.Initial(whole, 2), 0.5));
        }
    }

    [Property(MaxTest = 30)]
    public void A_sessions_steps_are_the_pure_updates_along_its_gradients(byte which, byte seed)
    {
        Optimizer optimizer = new Optimizer[]
        {
            new Optimizer.Sgd(0.1, WeightDecay: 0.1), new Optimizer.Sgd(0.1, 0.9), new Optimizer.Sgd(0.1, 0.9, true),
            new Optimizer.Adam(WeightDecay: 0.01), new Optimizer.AdamW(0.01, WeightDecay: 0.2), new Optimizer.RmsProp(),
        }[which % 6];
        using var backend = new HostBackend(1);
        var (plan, batch) = (Small.Check().OrThrow(), Classes(Small.Input, 6, seed: seed));
        var targets = Targets.Of(batch.Target, LossKind.SoftmaxCrossEntropy, plan.Output).OrThrow().Numbers;
        var inputs = ((Examples.Floats)batch.Inputs).Numbers.ToArray();
        using var session = TrainingSession.Open(backend, plan, LossKind.SoftmaxCrossEntropy, optimizer, 6);
        session.Load(Variables.Initial(plan, Seed.Of(seed)), OptimizerState.Initial(optimizer, plan.ParameterCount));
        for (var step = 0; step < 3; step++)
        {
            var (before, state) = (session.Variables.Parameters, session.State);
            session.Step(inputs, targets, 0.7, Seed.Of(step));
            var (expected, after) = optimizer.Update(plan, before, session.ReadGradients(), state, 0.7);
            Assert.Equal(after.Steps, session.State.Steps);
            Near(expected, session.Variables.Parameters);
            Near(after.Mu, session.State.Mu);
            Near(after.Nu, session.State.Nu);
        }

        // The session's arithmetic is float32: a few roundings of numbers of about 1.
        static void Near(EquatableArray<float> expected, EquatableArray<float> actual)
        {
            Assert.Equal(expected.Count, actual.Count);
            for (var i = 0; i < expected.Count; i++) Assert.Equal(expected[i], actual[i], 2e-6 * (1 + Math.Abs(expected[i])));
        }
    }
}
