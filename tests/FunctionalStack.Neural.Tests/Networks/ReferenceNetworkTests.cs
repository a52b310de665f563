using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Neural.Tests.Networks;

public class ReferenceNetworkTests
{
    /// <summary>Keras gives the same counts: 288 + 128 + 9,216 + 128 + 589,824 + 512 + 1,290.</summary>
    [Fact]
    public void For_MNIST_it_is_the_published_one()
    {
        var plan = ReferenceNetwork.For(new(28, 28, 1), 10).Check().OrThrow();
        Assert.Equal(
            "28x28x1 - Conv2D(32, 3x3, no bias) - BatchNorm - ReLU - Conv2D(32, 3x3, no bias) - BatchNorm - ReLU - MaxPool2D(2) - Flatten"
            + " - Dense(128, no bias) - BatchNorm - ReLU - Dense(10) - Softmax",
            plan.Network.ToString());
        Assert.Equal((601_386, 601_002), (plan.ParameterCount + plan.MomentCount, plan.ParameterCount));
    }

    [Property]
    public Property For_any_images_it_fits_and_ends_in_the_classes() => Prop.ForAll(
        (from height in Gen.Choose(1, 70)
         from width in Gen.Choose(1, 70)
         from channels in Gen.Choose(1, 3)
         from classes in Gen.Choose(1, 9)
         select (new Shape(height, width, channels), classes))
            .ToArbitrary(),
        asked => ReferenceNetwork.For(asked.Item1, asked.classes).Check().OrThrow().Output == Shape.Vector(asked.classes));

    /// <summary>Pools, and pixels left on a side.</summary>
    [Theory]
    [InlineData(5, 0, 5)]
    [InlineData(6, 1, 1)]
    [InlineData(8, 1, 2)]
    [InlineData(28, 1, 12)]
    [InlineData(32, 1, 14)]
    [InlineData(34, 2, 5)]
    [InlineData(64, 2, 13)]
    [InlineData(224, 4, 10)]
    public void Larger_images_are_pooled_more_often(int side, int pools, int left)
    {
        var nodes = ReferenceNetwork.For(new(side, side, 3), 2).Check().OrThrow().Nodes;
        Assert.Equal(pools, nodes.Count(node => node.Layer is Layer.MaxPool2D));
        Assert.Equal(left, nodes.Single(node => node.Layer is Layer.Flatten).Input.Height);
    }
}
