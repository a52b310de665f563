using FsCheck.Xunit;
using Xunit;
using static FunctionalStack.Neural.Tests.Cases;

namespace FunctionalStack.Neural.Tests.Networks;

public class PlanningTests
{
    private static readonly Shape Image = new(28, 28, 1);

    [Fact]
    public void The_reference_nets_shapes_and_parameters()
    {
        var plan = Network.Of(
            Image,
            new Layer.Conv2D(32, Bias: false), new Layer.BatchNorm(), new Layer.ReLU(), new Layer.Conv2D(32, Bias: false),
            new Layer.BatchNorm(), new Layer.ReLU(), new Layer.MaxPool2D(),
            new Layer.Flatten(), new Layer.Dense(128, false), new Layer.BatchNorm(), new Layer.ReLU(), new Layer.Dense(10),
                new Layer.Softmax()).Check().OrThrow();
        Assert.Equal(
            ["26x26x32", "26x26x32", "26x26x32", "24x24x32", "24x24x32", "24x24x32", "12x12x32", "4608", "128", "128", "128", "10", "10"],
            plan.Nodes.Select(node => node.Output.ToString()));
        Assert.Equal(9 * 32 + 64 + 9 * 32 * 32 + 64 + 4608 * 128 + 256 + 1290, plan.ParameterCount);
        Assert.Equal(2 * (32 + 32 + 128), plan.MomentCount);
    }

    [Property(Arbitrary = [typeof(Nets)])]
    public void Blocks_lie_end_to_end(NetCase net)
    {
        foreach (var (blocks, count) in new[] { (net.Plan.Parameters, net.Plan.ParameterCount), (net.Plan.Moments, net.Plan.MomentCount) })
        {
            var end = 0;
            foreach (var block in blocks)
            {
                Assert.Equal(end, block.Offset);
                end += block.Length;
            }

            Assert.Equal(count, end);
        }

        Assert.Equal(net.Plan.Parameters, EquatableArray.From(net.Plan.Nodes.SelectMany(node => node.Parameters)));
        Assert.True(Variables.Initial(net.Plan, net.Seed).Fit(net.Plan));
    }

    [Property(Arbitrary = [typeof(Nets)])]
    public void Every_layer_reads_what_an_earlier_one_made(NetCase net)
    {
        for (var i = 0; i < net.Plan.Nodes.Count; i++)
        {
            var node = net.Plan.Nodes[i];
            foreach (var read in new[] { node.From, node.Other })
            {
                Assert.InRange(read, -1, i - 1);
                Assert.Equal(read < 0 ? net.Network.Input : net.Plan.Nodes[read].Output, node.Input);
            }
        }
    }

    [Theory]
    [InlineData(28, 3, 1, 26, 28)]
    [InlineData(28, 3, 2, 13, 14)]
    [InlineData(7, 2, 3, 2, 3)]
    [InlineData(1, 1, 5, 1, 1)]
    public void Convolutions_make_valid_and_same_shapes(int side, int kernel, int stride, int valid, int same)
    {
        Assert.Equal(new Shape(valid, valid, 4), Output(new(side, side, 2), new Layer.Conv2D(4, kernel, stride)));
        Assert.Equal(new Shape(same, same, 4), Output(new(side, side, 2), new Layer.Conv2D(4, kernel, stride, Padding.Same)));
    }

    [Fact]
    public void A_layer_that_does_not_fit_is_named_with_what_it_was_given()
    {
        Assert.Equal(("layer 2, Dense(10)", "the input must be a vector, but is 26x26x8"), Of(new Layer.Conv2D(8), new Layer.Dense(10)));
        Assert.Equal(("layer 1, Softmax", "the input must be a vector, but is 28x28x1"), Of(new Layer.Softmax()));
        Assert.Equal(("layer 2, Conv2D(8, 5x5)", "windows of 5x5 don't fit into 4x4x1"),
            Of(new Layer.AveragePool2D(7), new Layer.Conv2D(8, 5)));
        Assert.Equal(("layer 1, MaxPool2D(29)", "windows of 29x29 don't fit into 28x28x1"), Of(new Layer.MaxPool2D(29)));
        Assert.Equal(("layer 1, addition", "the body's output is 26x26x8, the shortcut's 28x28x1"),
            Of(new Layer.Residual([new Layer.Conv2D(8)])));
        Assert.Equal(
            ("layer 2, body 1, body 2, Dense(3)", "the input must be a vector, but is 28x28x2"),
            Of(new Layer.ReLU(), new Layer.Residual([new Layer.Residual([new Layer.Conv2D(2, 1), new Layer.Dense(3)])])));
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        foreach (var layer in new Layer[]
        {
            new Layer.Conv2D(0), new Layer.Conv2D(1, 0), new Layer.Conv2D(1, 1, 0), new Layer.Dense(0), new Layer.BatchNorm(0),
            new Layer.BatchNorm(double.NaN), new Layer.BatchNorm(1e-3, 1),
            new Layer.LeakyReLU(double.PositiveInfinity), new Layer.Dropout(1), new Layer.Dropout(-0.1), new Layer.MaxPool2D(0),
            new Layer.AveragePool2D(2, -1), new Layer.Residual([]),
        })
        {
            Assert.StartsWith("layer 1", FailureOf(Network.Of(Shape.Vector(1), layer).Check()).Where, StringComparison.Ordinal);
        }

        Assert.Contains("0x3x1", FailureOf(Network.Of(new(0, 3, 1)).Check()).What, StringComparison.Ordinal);
        Assert.Contains("parameters", FailureOf(Network.Of(Shape.Vector(1 << 20), new Layer.Dense(1 << 20)).Check()).What,
            StringComparison.Ordinal);
    }

    [Fact]
    public void First_kernels_are_glorot_uniform_and_the_rest_are_zeros_and_ones()
    {
        var plan = Network.Of(new(3, 3, 4), new Layer.Conv2D(50), new Layer.BatchNorm()).Check().OrThrow();
        var variables = Variables.Initial(plan, Seed.Of(1));
        var limit = Math.Sqrt(6.0 / (9 * 4 + 9 * 50));
        var kernel = variables.Of(plan.Parameters[0]).ToArray();
        Assert.All(kernel, weight => Assert.InRange(weight, -limit, limit));

        // The variance of a uniform distribution is limit^2 / 3; of 1800 numbers it is met within a few percent.
        Assert.Equal(limit * limit / 3, kernel.Average(weight => (double)weight * weight), limit * limit / 30);
        Assert.Equal(Enumerable.Repeat(0f, 50).Concat(Enumerable.Repeat(1f, 50)).Concat(Enumerable.Repeat(0f, 50)),
            variables.Parameters.Skip(kernel.Length));
        Assert.Equal(Enumerable.Repeat(0f, 50).Concat(Enumerable.Repeat(1f, 50)), variables.Moments);
    }

    private static Shape Output(Shape input, Layer layer) => Network.Of(input, layer).Check().OrThrow().Output;

    private static (string, string) Of(params Layer[] layers)
    {
        var failure = FailureOf(Network.Of(Image, layers).Check());
        return (failure.Where, failure.What);
    }
}
