using FunctionalStack.Neural.Host;
using FunctionalStack.Oracle;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host;

/// <summary>A case laid out in an arena's slices, with its data.</summary>
internal sealed class LaidCase
{
    private readonly List<(Slice Slice, float[] Numbers)> written = [];
    private readonly Case given;
    private int used;

    public LaidCase(Case from)
    {
        var random = new Random(from.Salt);
        var (shape, channels) = (from.Shape, from.Shape.Channels);
        var pooled = (from.Pooling ?? new(PoolingKind.Average, 1, 1, 1)).Of(shape);

        // Integers sometimes, so that windows have ties and ReLU meets 0.
        var whole = random.Next(3) == 0;
        float[] Numbers(int count, float low, float high) =>
            [.. Enumerable.Range(0, count)
                .Select(_ => whole ? random.Next((int)low, (int)high + 1) : low + (high - low) * random.NextSingle())];

        var z = Numbers(from.Batch * shape.Size, -3, 3);
        float[][]? normalization = from.IsNormalized
            ? [Numbers(channels, -1, 1), Numbers(channels, 1, 2), Numbers(channels, -2, 2), Numbers(channels, -1, 1)] : null;
        given = from;

        var data = Lay(z);
        Source = new(data, shape, normalization is { } n ? new(Lay(n[0]), Lay(n[1]), Lay(n[2]), Lay(n[3])) : null, from.Activation);
        var upstream = Lay(Numbers(from.Batch * pooled.Size, -2, 2));
        Sums = from.IsNormalized ? new(Room(channels), Room(channels)) : null;
        Gradient = new(upstream, Source, from.Pooling, Sums);
        Output = Room(Math.Max(from.Batch * shape.Size, from.Batch * pooled.Size));
    }

    public Source Source { get; }

    public Gradient Gradient { get; }

    public NormalizationSums? Sums { get; }

    public Slice Output { get; }

    public Slice Arena => new(0, used);

    /// <summary>
    /// Asserts that an operation's result is the oracle's: values here are below 20 and have about ten roundings each, so 1e-5 times
    /// the maximum number of terms.
    /// </summary>
    public void Agree(Action<ICompute> operation, Slice result, double scale)
    {
        using var oracle = new OracleBackend();
        using var host = new HostBackend(1, given.Lanes);
        var expected = Run(oracle, operation, result);
        var found = Run(host, operation, result);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - found[i]) <= 1e-5 * scale, $"number {i}: expected {expected[i]}, found {found[i]}");
        }

    }

    /// <summary>An operation's result on a backend.</summary>
    public float[] Run(IBackend backend, Action<ICompute> operation, Slice result)
    {
        using var compute = backend.Open(used);
        foreach (var (slice, numbers) in written) compute.Write(numbers, slice);
        operation(compute);
        var found = new float[result.Length];
        compute.Read(result, found);
        return found;
    }

    public Slice Room(int length)
    {
        var slice = new Slice(used, length);
        used += Slice.Aligned(length);
        return slice;
    }

    private Slice Lay(float[] numbers)
    {
        var slice = Room(numbers.Length);
        written.Add((slice, numbers));
        return slice;
    }
}
