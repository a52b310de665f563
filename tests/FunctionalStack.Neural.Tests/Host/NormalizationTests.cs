using FsCheck.Xunit;
using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host;

/// <summary>Apply, its backward pass and the normalization's sums against the double oracle; the same bits on any number of
/// threads.</summary>
[Properties(Arbitrary = [typeof(Case)], MaxTest = 300)]
public sealed class NormalizationTests
{
    [Property]
    public void Apply_reads_the_source_pooled(Case given)
    {
        var laid = new LaidCase(given);
        laid.Agree(compute => compute.Apply(given.Batch, laid.Source, given.Pooling, laid.Output), laid.Output, 1);
    }

    [Property]
    public void The_gradient_is_the_chain_rules(Case given)
    {
        var laid = new LaidCase(given);
        laid.Agree(
            compute =>
            {
                if (laid.Sums is { } sums) compute.NormalizationBackward(given.Batch, laid.Gradient, sums);
                compute.ApplyBackward(given.Batch, laid.Gradient, laid.Output);
            },
            laid.Output, 16);
    }

    // Enough rows for two blocks.
    [Fact]
    public void Moments_of_many_rows() => Moments_are_the_batchs(new(5, new(60, 60, 3), default, null, false, 8, 1));

    [Property]
    public void Moments_are_the_batchs(Case any)
    {
        // One number has no unbiased variance.
        var given = any.Batch * any.Shape.Pixels > 1 ? any : any with { Batch = 2 };
        var laid = new LaidCase(given);
        var channels = given.Shape.Channels;
        var moments = new BatchMoments(
            laid.Room(channels), laid.Room(channels), laid.Room(channels), laid.Room(channels), laid.Room(channels), Epsilon: 0.1f,
                Momentum: 0.9f);
        foreach (var written in new[] { moments.Mean, moments.Variance, moments.InverseDeviation, moments.MovingMean,
            moments.MovingVariance })
        {
            laid.Agree(compute => compute.Moments(given.Batch, laid.Source.Data, given.Shape, moments), written, 1);
        }

        var again = laid.Room(channels);
        laid.Agree(
            compute =>
            {
                compute.Moments(given.Batch, laid.Source.Data, given.Shape, moments);
                compute.InverseDeviation(moments.Variance, 0.5f, again);
            },
            again, 1);
    }

    // Few cases: threads that share two busy cores wait for each other.
    [Property(MaxTest = 20)]
    public void Threads_change_no_bit(Case any)
    {
        var given = any with { IsNormalized = true, Batch = 5 };
        var laid = new LaidCase(given);
        using var alone = new HostBackend(1, given.Lanes);
        using var shared = new HostBackend(3, given.Lanes);
        Assert.Equal(laid.Run(alone, Backward, laid.Output), laid.Run(shared, Backward, laid.Output));

        void Backward(ICompute compute)
        {
            compute.NormalizationBackward(given.Batch, laid.Gradient, laid.Sums!.Value);
            compute.ApplyBackward(given.Batch, laid.Gradient, laid.Output);
        }
    }

    [Property]
    public void Sums_are_those_of_all_examples(Case any)
    {
        var given = any with { IsNormalized = true };
        var laid = new LaidCase(given);
        foreach (var sum in new[] { laid.Sums!.Value.Gamma, laid.Sums!.Value.Beta })
        {
            laid.Agree(compute => compute.NormalizationBackward(given.Batch, laid.Gradient, laid.Sums!.Value), sum,
                given.Batch * given.Shape.Pixels);
        }
    }
}
