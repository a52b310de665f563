using FsCheck.Xunit;
using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host;

/// <summary>Apply, its backward pass and the normalization's sums against double precision, and the same bits on any number of threads.</summary>
[Properties(Arbitrary = [typeof(Case)], MaxTest = 300)]
public sealed class NormalizationTests
{
    [Property]
    public void Apply_reads_the_source_pooled(Case given)
    {
        var laid = new LaidCase(given);
        Close(laid.Expected.Read(), OnThreads(given, laid, compute => compute.Apply(given.Batch, laid.Source, given.Pooling, laid.Output)), 1);
    }

    [Property]
    public void The_gradient_is_the_chain_rules(Case given)
    {
        var laid = new LaidCase(given);
        var found = OnThreads(given, laid, compute =>
        {
            if (laid.Sums is { } sums) compute.NormalizationBackward(given.Batch, laid.Gradient with { Sums = null }, sums);
            compute.ApplyBackward(given.Batch, laid.Gradient, laid.Output);
        });
        Close(laid.Expected.Gradient(laid.Upstream), found, 16);
    }

    [Property]
    public void Sums_are_those_of_all_examples(Case given)
    {
        given = given with { IsNormalized = true };
        var laid = new LaidCase(given);
        var (gamma, beta) = laid.Expected.Sums(laid.Upstream);
        void Sum(ICompute compute) => compute.NormalizationBackward(given.Batch, laid.Gradient with { Sums = null }, laid.Sums!.Value);
        var scale = given.Batch * given.Shape.Pixels;
        Close(gamma, OnThreads(given, laid, Sum, laid.Sums!.Value.Gamma), 16 * scale);
        Close(beta, OnThreads(given, laid, Sum, laid.Sums!.Value.Beta), 4 * scale);
    }

    private static float[] OnThreads(Case given, LaidCase laid, Action<ICompute> operation, Slice? result = null)
    {
        var one = Run(1);
        Assert.Equal(one, Run(3));
        return one;

        float[] Run(int threads)
        {
            using var backend = new HostBackend(threads, given.Lanes);
            using var compute = backend.Open(laid.Total);
            laid.WriteTo(compute);
            operation(compute);
            var found = new float[(result ?? laid.Output).Length];
            compute.Read(result ?? laid.Output, found);
            return found;
        }
    }

    // Numbers here are below 20 or so and come of at most ten roundings each: some 1e-5 times how large sums may be.
    private static void Close(double[] expected, float[] found, double scale)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - found[i]) <= 1e-5 * scale, $"number {i}: expected {expected[i]}, found {found[i]}");
        }
    }
}
