using FsCheck.Xunit;
using FunctionalStack.Neural.Host;
using FunctionalStack.Oracle;
using Xunit;
using static FunctionalStack.Neural.Tests.Cases;

namespace FunctionalStack.Neural.Tests.Trainings;

/// <summary>Steps are queued in windows, so that a device need not wait for the host. The result does not change.</summary>
public class WindowTests
{
    [Property(MaxTest = 20)]
    public void How_many_steps_are_queued_before_their_metrics_are_read_changes_no_bit(byte window, byte every, bool decay, byte seed)
    {
        using var backend = new HostBackend(1);
        var (data, options) =
            (new TrainingData(Classes(Small.Input, 30)), new TrainingOptions(2, 4, decay ? new Optimizer.AdamW() : new Optimizer.Adam()));
        var (one, oneHeard) = Train(1);
        var (many, manyHeard) = Train(window % 10 + 2);
        AssertSameBits(one.Variables, many.Variables);
        AssertSameBits(one.Optimizer, many.Optimizer);
        Assert.Equal(one, many);
        Assert.Equal(oneHeard, manyHeard);

        (TrainedNetwork, List<TrainingProgress>) Train(int window)
        {
            List<TrainingProgress> heard = [];
            return (Training.Fit(backend, Small, data, options, Seed.Of(seed),
                new() { Window = window, Every = every % 5 + 1, Progress = new Now(heard.Add) }).OrThrow(), heard);
        }
    }

    [Theory]
    [InlineData(1e2)]
    [InlineData(1e4)]
    [InlineData(1e10)]
    public void A_loss_that_is_not_finite_is_told_of_the_step_and_layer_where_it_arose(double rate)
    {
        using var backend = new HostBackend(1);
        var network =
            Network.Of(Shape.Vector(3), new Layer.Dense(5), new Layer.ReLU(), new Layer.Dense(2), new Layer.ReLU(), new Layer.Dense(1));
        var data = new TrainingData(Numbers(Shape.Vector(3), 60));
        var (one, few, many) = (Of(1), Of(7), Of(100));
        Assert.Matches("^epoch 1, step [0-9]+ of 20, ", one.Where);
        Assert.Equal(one, few);
        Assert.Equal(one, many);

        Failure Of(int window) => Assert.IsType<Outcome<TrainedNetwork>.Fail>(
            Training.Fit(backend, network, data, new(1, 3, new Optimizer.Sgd(rate)), Seed.Of(1),
                new() { Window = window, Every = 1000 })).Failure;
    }

    [Fact]
    public void A_training_waits_for_its_device_once_a_window()
    {
        using var device = new SmallDevice();
        var plan = Small.Check().OrThrow();
        var optimizer = new Optimizer.Adam();
        using var session = TrainingSession.Open(device, plan, LossKind.SoftmaxCrossEntropy, optimizer, 4, window: 5);
        session.Load(Variables.Initial(plan, Seed.Of(1)), OptimizerState.Initial(optimizer, plan.ParameterCount));
        var (inputs, targets) = (new float[4 * Small.Input.Size], new float[] { 0, 1, 1, 0 });
        for (var step = 0; step < 5; step++) session.Queue(inputs, targets, 1, Seed.Of(step));
        Assert.Equal(0, device.Reads);
        Assert.Throws<InvalidOperationException>(() => session.Queue(inputs, targets, 1, Seed.Of(5)));
        Assert.Equal(5, session.Settle().Length);
        Assert.Equal(1, device.Reads);
        Assert.Equal(5, session.Steps);
        Assert.Equal(0, session.Settle().Length);
    }
}
