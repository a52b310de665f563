using FsCheck;
using FsCheck.Fluent;

namespace FunctionalStack.Neural.Tests.Host;

/// <summary>A random reading: odd sizes, one pixel, one channel, batch 1, with and without normalization and pooling.</summary>
public sealed record Case(int Batch, Shape Shape, Activation Activation, Pooling? Pooling, bool IsNormalized, int Lanes, int Salt)
{
    public static Arbitrary<Case> Arbitrary() => Arb.From(
        from batch in Gen.Choose(1, 5)
        from height in Gen.Choose(1, 9)
        from width in Gen.Choose(1, 9)
        from channels in Gen.Elements(1, 2, 3, 4, 7, 8, 16, 19, 32, 37)
        from kind in Gen.Elements(Enum.GetValues<ActivationKind>())
        from slope in Gen.Elements(0.01f, 0.3f, -0.5f)
        from pooling in Pool(height, width)
        from normalized in Gen.Elements(true, false)
        from lanes in Gen.Elements(4, 8, 16)
        from salt in Gen.Choose(0, int.MaxValue - 1)
        select new Case(batch, new(height, width, channels), new(kind, kind == ActivationKind.LeakyReLU ? slope : 0), pooling, normalized, lanes, salt));

    private static Gen<Pooling?> Pool(int height, int width) => Gen.OneOf(
        Gen.Constant<Pooling?>(null),
        Gen.Constant<Pooling?>(height >= 2 && width >= 2 ? new(PoolingKind.Max, 2, 2, 2) : null),
        Gen.Constant<Pooling?>(new(PoolingKind.Average, height, width, 1)),
        from kind in Gen.Elements(PoolingKind.Max, PoolingKind.Average)
        from h in Gen.Choose(1, Math.Min(3, height))
        from w in Gen.Choose(1, Math.Min(3, width))
        from stride in Gen.Choose(1, 3)
        select (Pooling?)new Pooling(kind, h, w, stride));
}

/// <summary>A case laid out in an arena's slices, with its numbers.</summary>
internal sealed class LaidCase
{
    private readonly List<(Slice Slice, float[] Numbers)> written = [];
    private int used;

    public LaidCase(Case from)
    {
        var random = new Random(from.Salt);
        var (shape, channels) = (from.Shape, from.Shape.Channels);
        var pooled = (from.Pooling ?? new(PoolingKind.Average, 1, 1, 1)).Of(shape);

        // Whole numbers now and then, so that windows have ties and ReLU meets 0.
        var whole = random.Next(3) == 0;
        float[] Numbers(int count, float low, float high) =>
            [.. Enumerable.Range(0, count).Select(_ => whole ? random.Next((int)low, (int)high + 1) : low + (high - low) * random.NextSingle())];

        var z = Numbers(from.Batch * shape.Size, -3, 3);
        float[][]? normalization = from.IsNormalized ? [Numbers(channels, -1, 1), Numbers(channels, 1, 2), Numbers(channels, -2, 2), Numbers(channels, -1, 1)] : null;
        Upstream = Numbers(from.Batch * pooled.Size, -2, 2);
        Expected = new(from.Batch, shape, z, normalization, from.Activation, from.Pooling);

        var data = Lay(z);
        Source = new(data, shape, normalization is { } n ? new(Lay(n[0]), Lay(n[1]), Lay(n[2]), Lay(n[3])) : null, from.Activation);
        var upstream = Lay(Upstream);
        Sums = from.IsNormalized ? new(Room(channels), Room(channels)) : null;
        Gradient = new(upstream, Source, from.Pooling, Sums);
        Output = Room(Math.Max(from.Batch * shape.Size, from.Batch * pooled.Size));
        Total = used;
    }

    public float[] Upstream { get; }

    public Expected Expected { get; }

    public Source Source { get; }

    public Gradient Gradient { get; }

    public NormalizationSums? Sums { get; }

    public Slice Output { get; }

    public int Total { get; }

    public void WriteTo(ICompute compute)
    {
        foreach (var (slice, numbers) in written) compute.Write(numbers, slice);
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
