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
        select new Case(batch, new(height, width, channels), new(kind, kind == ActivationKind.LeakyReLU ? slope : 0), pooling, normalized,
            lanes, salt));

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
