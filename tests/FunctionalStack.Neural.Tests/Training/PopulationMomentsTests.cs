using FsCheck.Xunit;
using FunctionalStack.Oracle;
using Xunit;
using static FunctionalStack.Neural.Tests.Cases;

namespace FunctionalStack.Neural.Tests.Trainings;

public class PopulationMomentsTests
{
    [Fact]
    public void Known_numbers()
    {
        using var backend = new OracleBackend();

        // One batch of 0, 2, 4, 10: mean 4, biased variance (16 + 4 + 0 + 36) / 4 = 14, unbiased 14 * 4 / 3.
        var network = Network.Of(Shape.Vector(1), new Layer.BatchNorm());
        var before = Variables.Initial(network.Check().OrThrow(), Seed.Of(1));
        var after = before.WithPopulationMoments(backend, network, new Examples.Floats(network.Input, [0, 2, 4, 10]), Seed.Of(1), 4)
            .OrThrow();
        Assert.Equal(new Variables([1, 0], [4, 14 * 4 / 3f]), after);
        Assert.Equal(new Variables([1, 0], [0, 1]), before);
    }

    /// <summary>For values of one channel the mean does not depend on the batches, and each value has the same weight.</summary>
    [Property(MaxTest = 40)]
    public void Every_example_counts_once_in_the_mean(byte count, byte batch, byte seed)
    {
        using var backend = new OracleBackend();
        var network = Network.Of(Shape.Vector(1), new Layer.BatchNorm());
        var examples = Inputs(network.Input, 2 + count % 20, seed);
        var after = Variables.Initial(network.Check().OrThrow(), Seed.Of(1)).WithPopulationMoments(backend, network, examples,
            Seed.Of(seed), 2 + batch % 20).OrThrow();
        Assert.Equal(examples.Numbers.Average(x => (double)x), after.Moments[0], 1e-6);
        Assert.InRange(after.Moments[1], 0, float.MaxValue);
    }

    [Property(MaxTest = 40)]
    public void They_are_the_means_over_batches_each_by_its_size(byte count, byte batch, byte seed)
    {
        using var backend = new OracleBackend();
        var network = Network.Of(new(2, 3, 2), new Layer.BatchNorm());
        var size = batch % 5 + 1;
        var examples = Inputs(network.Input, size * (count % 3 + 1) + seed % size, seed);
        var from = Seed.Of(seed);
        var moments = Variables.Initial(network.Check().OrThrow(), from).WithPopulationMoments(backend, network, examples, from, size)
            .OrThrow().Moments;
        var order = EquatableArray.Range(examples.Count).ToArray();
        var stream = from.Fork("order").Stream();
        stream.Shuffle(order.AsSpan());
        for (var channel = 0; channel < 2; channel++)
        {
            var (means, variances) = (0.0, 0.0);
            foreach (var rows in order.Chunk(size))
            {
                var numbers =
                    rows.SelectMany(row => Enumerable.Range(0, 6).Select(pixel => (double)examples.Numbers[row * 12 + pixel * 2 + channel]))
                        .ToArray();
                means += numbers.Average() * rows.Length / order.Length;
                variances += numbers.Sum(x =>
                    (x - numbers.Average()) * (x - numbers.Average())) / (numbers.Length - 1) * rows.Length / order.Length;
            }

            Assert.Equal(means, moments[channel], 1e-6);
            Assert.Equal(variances, moments[2 + channel], 1e-6);
        }
    }

    /// <summary>127 / 7 of 1, 2, 4, ..., 64 in batches of 6: the seventh has no variance, but contributes to the mean.</summary>
    [Fact]
    public void A_last_batch_of_one_number_counts_in_the_mean_alone()
    {
        using var backend = new OracleBackend();
        var network = Network.Of(Shape.Vector(1), new Layer.BatchNorm());
        float[] numbers = [1, 2, 4, 8, 16, 32, 64];
        var after = Variables.Initial(network.Check().OrThrow(), Seed.Of(1)).WithPopulationMoments(backend, network,
            new Examples.Floats(network.Input, EquatableArray.Of(numbers)), Seed.Of(3), 6).OrThrow();
        Assert.Equal(127 / 7f, after.Moments[0], 1e-5);
        Assert.True(float.IsFinite(after.Moments[1]));
    }

    [Fact]
    public void Later_normalizations_see_what_they_saw_in_training()
    {
        using var backend = new OracleBackend();

        // The second reads the first's output, normalized by each batch: mean beta = 0, biased variance 1 except for epsilon.
        var network = Network.Of(Shape.Vector(1), new Layer.BatchNorm(1e-6), new Layer.BatchNorm());
        var moments = Variables.Initial(network.Check().OrThrow(), Seed.Of(1))
            .WithPopulationMoments(backend, network, Inputs(network.Input, 40), Seed.Of(1), 10).OrThrow().Moments;
        Assert.Equal(0, moments[2], 1e-6);
        Assert.Equal(10 / 9.0, moments[3], 1e-4);
    }

    [Fact]
    public void One_value_per_channel_fails()
    {
        using var backend = new OracleBackend();
        var network = Network.Of(Shape.Vector(3), new Layer.BatchNorm());
        var variables = Variables.Initial(network.Check().OrThrow(), Seed.Of(1));
        Assert.Contains("variance",
            FailureOf(variables.WithPopulationMoments(backend, network, Inputs(network.Input, 5), Seed.Of(1), 1)).What,
            StringComparison.Ordinal);
        Assert.Contains("variance",
            FailureOf(variables.WithPopulationMoments(backend, network, Inputs(network.Input, 1), Seed.Of(1), 8)).What,
            StringComparison.Ordinal);
    }
}
