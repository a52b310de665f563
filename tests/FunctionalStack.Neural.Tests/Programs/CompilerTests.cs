using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Neural.Tests.Programs;

/// <summary>Programs are data: they are compared, and every kind of operation has an interpretation.</summary>
public class CompilerTests
{
    [Property(Arbitrary = [typeof(Nets)], MaxTest = 50)]
    public void Compiling_a_network_again_gives_equal_instructions(NetCase net)
    {
        var (one, other) = (Compile(), Compile());
        Assert.Equal(one.Forward, other.Forward);
        Assert.Equal(one.Backward, other.Backward);
        Assert.NotEmpty(one.Backward);

        Program Compile() => Compiler.ForTraining(net.Plan, net.Rows, net.Loss, slots: 1, window: 1);
    }

    /// <summary>The moments of a normalization are written by the layer before it, if that can.</summary>
    [Fact]
    public void A_convolution_or_dense_layer_computes_the_moments_of_the_normalization_behind_it()
    {
        var network = Network.Of(new(4, 4, 1), new Layer.BatchNorm(), new Layer.Conv2D(2, 3), new Layer.BatchNorm(), new Layer.Flatten(),
            new Layer.Dense(3), new Layer.BatchNorm());
        var forward = Compiler.ForTraining(network.Check().OrThrow(), 5, LossKind.SquaredError, slots: 0, window: 1).Forward;
        Assert.Single(forward.Select(one => one.Operation).OfType<Operation.Moments>());
        Assert.NotNull(Assert.Single(forward.Select(one => one.Operation).OfType<Operation.Convolve>()).ZMoments);
        Assert.NotNull(Assert.Single(forward.Select(one => one.Operation).OfType<Operation.Dense>()).ZMoments);
    }
}
