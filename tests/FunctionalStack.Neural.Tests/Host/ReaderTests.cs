using System.Runtime.Intrinsics;
using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host;

/// <summary>Where the readers write, and that NaN is propagated.</summary>
public sealed unsafe class ReaderTests
{
    private const float Untouched = 12345;

    public static TheoryData<int, bool, Pooling?> Readings => new()
    {
        { 3, true, null }, { 16, true, null }, { 21, false, null },
        { 3, true, new(PoolingKind.Max, 2, 2, 2) }, { 16, false, new(PoolingKind.Max, 2, 2, 2) },
        { 19, true, new(PoolingKind.Max, 3, 2, 1) }, { 8, true, new(PoolingKind.Average, 5, 3, 1) },
    };

    [Theory]
    [MemberData(nameof(Readings))]
    public void Pitched_numbers_are_those_without_pitch(int channels, bool normalized, Pooling? pooling)
    {
        Pitched<Vector128<float>, Lanes128>(channels, normalized, pooling);
        Pitched<Vector256<float>, Lanes256>(channels, normalized, pooling);
        Pitched<Vector512<float>, Lanes512>(channels, normalized, pooling);
    }

    [Theory]
    [InlineData(ActivationKind.Identity)]
    [InlineData(ActivationKind.ReLU)]
    [InlineData(ActivationKind.LeakyReLU)]
    [InlineData(ActivationKind.Sigmoid)]
    [InlineData(ActivationKind.Tanh)]
    public void NaN_comes_through(ActivationKind kind)
    {
        // Each pixel of a window in turn, in full vectors and in the remaining channels.
        Pooling?[] poolings = [null, new(PoolingKind.Max, 2, 2, 2), new(PoolingKind.Max, 2, 3, 1), new(PoolingKind.Average, 2, 2, 2)];
        foreach (var pooling in poolings)
        {
            foreach (var lanes in new[] { 4, 8, 16 })
            {
                for (var pixel = 0; pixel < 2 * 3; pixel++)
                {
                    if (pooling is { Width: 2 } && pixel % 3 == 2) continue;
                    var shape = new Shape(2, 3, 19);
                    using var backend = new HostBackend(1, lanes);
                    using var compute = backend.Open(256);
                    var x = new float[shape.Size];
                    x.AsSpan(pixel * 19, 19).Fill(float.NaN);
                    compute.Write(x, new(0, x.Length));
                    var y = new Slice(128, (pooling?.Of(shape) ?? shape).Size);
                    compute.Apply(1, new(new(0, x.Length), shape, null, new(kind, 0.1f)), pooling, y);
                    var found = new float[y.Length];
                    compute.Read(y, found);
                    Assert.True(found.Count(float.IsNaN) == 19,
                        $"{pooling}, {lanes} lanes, pixel {pixel}: {found.Count(float.IsNaN)} of 19");
                }
            }
        }
    }

    private static void Pitched<V, L>(int channels, bool normalized, Pooling? pooling) where V : struct where L : struct, ILanes<V>
    {
        var shape = new Shape(5, 7, channels);
        var laid = new LaidCase(new(2, shape, new(ActivationKind.ReLU), pooling, normalized, L.Count, 3));
        using var backend = new HostBackend(1, L.Count);
        var arena = laid.Run(
            backend,
            compute =>
            {
                if (laid.Sums is { } sums) compute.NormalizationBackward(2, laid.Gradient, sums);
                compute.ApplyBackward(2, laid.Gradient, laid.Output);
            },
            laid.Arena);
        var (rowPitch, pixelPitch) = (7 * 2 * channels + 5, 2 * channels);
        var rows = new float[5 * rowPitch + 64];
        fixed (float* at = arena, to = rows)
        {
            var gradients = GradientReader<V, L>.Of(2, laid.Gradient, at);
            new Span<float>(rows).Fill(Untouched);
            gradients.Read(1, to, rowPitch, pixelPitch);
            Check(arena.AsSpan(laid.Output.Offset + shape.Size, shape.Size), pixelPitch);

            var reader = SourceReader<V, L>.Of(laid.Source, at);
            var plain = new float[shape.Size];
            fixed (float* whole = plain) reader.Read(1, whole, 7 * channels);
            new Span<float>(rows).Fill(Untouched);
            reader.Read(1, 0, 2, to, rowPitch);
            reader.Read(1, 2, 3, to + 2 * rowPitch, rowPitch);
            Check(plain, channels);
            Assert.Equal(!normalized && laid.Source.Activation.Kind == ActivationKind.Identity, reader.IsPlain);
        }

        void Check(ReadOnlySpan<float> expected, int pitch)
        {
            var written = 0;
            for (var i = 0; i < expected.Length; i++)
            {
                var (pixel, channel) = int.DivRem(i, channels);
                var at = pixel / 7 * rowPitch + pixel % 7 * pitch + channel;
                Assert.Equal(expected[i], rows[at]);
                if (rows[at] != Untouched) written++;
            }

            Assert.Equal(expected.Length, written);
            Assert.Equal(rows.Length - written, rows.Count(number => number == Untouched));
        }
    }
}
