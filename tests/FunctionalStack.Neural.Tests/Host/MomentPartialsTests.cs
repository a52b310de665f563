using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host;

/// <summary>Moments merged from blocks are those of all rows, for any blocks and any distance of the mean from 0.</summary>
public sealed unsafe class MomentPartialsTests
{
    private const float Epsilon = 1e-3f;
    private const float Momentum = 0.99f;

    [Property(MaxTest = 200)]
    public Property Any_cut_gives_the_moments_of_all_rows() => Prop.ForAll(
        Arb.From(
            from channels in Gen.Choose(1, 37)
            from counts in Gen.NonEmptyListOf(Gen.Choose(1, 300))
            from salt in Gen.Choose(0, 1 << 30)
            from mean in Gen.Elements(0.0, 1, -1000, 1e6)
            select (channels, counts: counts.Take(6).ToArray(), salt, mean)),
        given => Check(given.channels, given.counts, given.salt, given.mean, 1));

    [Fact]
    public void Mean_a_million_deviation_one() => Check(32, [576, 576, 576, 3], 7, 1e6, 1);

    [Fact]
    public void A_first_row_far_from_the_others_costs_no_more_than_the_rows_of_a_block() => Check(8, [1000, 1000], 7, 0, 1, outlier: 1e4f);

    [Fact]
    public void One_row_has_no_variance_and_leaves_no_NaN() => Check(3, [1], 5, 2, 1);

    private static void Check(int channels, int[] counts, int salt, double mean, double deviation, float? outlier = null)
    {
        var random = new Random(salt);
        var rows = counts.Sum();
        var z = new float[rows * channels];
        for (var i = 0; i < z.Length; i++) z[i] = (float)(mean + deviation * (random.NextDouble() - 0.5) * Math.Sqrt(12));
        if (outlier is { } far) Array.Fill(z, far, 0, channels);

        // A thousand rows cancel at most a thousandfold in the squares; in the mean, the root of it.
        var times = outlier is null ? 1 : 1000;
        Check<Vector128<float>, Lanes128>(z, channels, counts, times);
        Check<Vector256<float>, Lanes256>(z, channels, counts, times);
        Check<Vector512<float>, Lanes512>(z, channels, counts, times);
    }

    private static void Check<V, L>(float[] z, int channels, int[] counts, double times) where V : struct where L : struct, ILanes<V>
    {
        Slice Of(int number) => new(number * 64, channels);
        var moments = new BatchMoments(Of(0), Of(1), Of(2), Of(3), Of(4), Epsilon, Momentum);
        var arena = new float[5 * 64];
        Array.Fill(arena, 10, 3 * 64, 128);
        var size = MomentPartials<V, L>.Size(counts.Length, channels);
        fixed (float* data = z, to = arena, scratch = new float[size])
        {
            new Span<float>(scratch, size).Fill(float.NaN);
            var partials = new MomentPartials<V, L>(scratch, counts.Length, channels);
            for (int item = 0, row = 0; item < counts.Length; row += counts[item++])
            {
                // In two runs of channels, with the same result.
                partials.Compute(item, data + row * channels, counts[item], 0, channels / 2);
                partials.Compute(item, data + row * channels, counts[item], channels / 2, channels);
            }

            partials.Merge(moments, to);
        }

        for (var channel = 0; channel < channels; channel++)
        {
            double[] column = [.. Enumerable.Range(0, counts.Sum()).Select(row => (double)z[row * channels + channel])];
            var mean = column.Average();
            var squares = column.Sum(value => (value - mean) * (value - mean));
            var m = (double)column.Length;
            var biased = squares / m;

            // Sums of at most some thousand float32 terms, in bands: a few units of 6e-8 each.
            Close(mean, arena[channel], 1e-7 * Math.Abs(mean) + 1e-6 * Math.Sqrt(times * biased));
            Close(biased, arena[64 + channel], 2e-6 * times * biased);
            Close(1 / Math.Sqrt(biased + Epsilon), arena[128 + channel], 2e-6 * times / Math.Sqrt(biased + Epsilon));
            Close(0.99 * 10 + 0.01 * mean, arena[192 + channel], 1e-6 * (10 + Math.Abs(mean) + Math.Sqrt(biased)));
            Close(0.99 * 10 + 0.01 * (m > 1 ? squares / (m - 1) : 0), arena[256 + channel], 1e-6 * (10 + times * biased));
        }
    }

    private static void Close(double expected, float found, double tolerance) =>
        Assert.True(Math.Abs(expected - found) <= tolerance, $"expected {expected}, found {found}, tolerance {tolerance}");
}
