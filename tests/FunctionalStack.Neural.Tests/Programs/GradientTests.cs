using FsCheck.Xunit;
using FunctionalStack.Oracle;
using Xunit;

namespace FunctionalStack.Neural.Tests.Programs;

/// <summary>Whole networks: every gradient of the compiled program against differences of the loss, all in double.</summary>
public class GradientTests
{
    [Fact]
    public void A_convolution_flattened_at_once_and_then_normalized_or_pooled_keeps_its_shape()
    {
        foreach (var layer in new Layer[] { new Layer.BatchNorm(0.05), new Layer.Tanh(), new Layer.MaxPool2D(1),
            new Layer.AveragePool2D(1, 2) })
        {
            var network =
                Network.Of(new(5, 3, 2), new Layer.BatchNorm(0.05), new Layer.Conv2D(3, 3, 2, Padding.Same, false), new Layer.Flatten(),
                    layer);
            Every_gradient_of_a_whole_net_is_the_slope_of_its_loss(new(network, LossKind.SquaredError, 4, Seed.Of(1)));
        }
    }

    [Property(Arbitrary = [typeof(Nets)], MaxTest = 150)]
    public void Every_gradient_of_a_whole_net_is_the_slope_of_its_loss(NetCase net)
    {
        using var backend = new OracleBackend();
        using var session = TrainingSession.Open(backend, net.Plan, net.Loss, new Optimizer.Sgd(), net.Rows);
        session.Load(net.Variables, OptimizerState.Initial(new Optimizer.Sgd(), net.Plan.ParameterCount));
        var (arena, program) = (backend.Last!, session.Program);
        var (inputs, targets, seed) = (net.Inputs, net.Targets, net.Seed.Fork("step"));
        session.Gradients(inputs, targets, seed);
        var gradients =
            net.Plan.Parameters.ToDictionary(block => block,
                block => arena.At(program.Parameters.In(program.Training!.Gradients, block)).ToArray());
        foreach (var block in net.Plan.Parameters)
        {
            for (var i = 0; i < block.Length; i++)
            {
                var gradient = gradients[block][i];

                // A kink (of ReLU or max-pool) within the first distance is most likely not within the second.
                if (Near(gradient, Slope(block, i, 1e-6), 1e-5) || Near(gradient, Slope(block, i, 1e-8), 1e-4)) continue;
                Assert.Fail($"{block.Name} [{i}]: gradient {gradient}, slope {Slope(block, i, 1e-6)}");
            }
        }

        double Slope(Block block, int i, double distance)
        {
            var at = program.Parameters[block];
            var before = arena.At(at)[i];
            var up = LossAt(before + distance);
            var down = LossAt(before - distance);
            arena.At(at)[i] = before;
            return (up - down) / (2 * distance);

            double LossAt(double value)
            {
                arena.At(at)[i] = value;
                session.Gradients(inputs, targets, seed);
                return arena.At(program.Loss!.Of(0))[0];
            }
        }
    }

    private static bool Near(double a, double b, double tolerance) =>
        Math.Abs(a - b) <= tolerance * (1 + Math.Max(Math.Abs(a), Math.Abs(b)));
}
