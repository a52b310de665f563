using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;

/// <summary>
/// Times the most expensive operations of the reference net on the host against the measured FMA peak of the machine.
///   FunctionalStack.Bench kernels [THREADS] [BATCH] [FILTER of line names]
/// Each line has the best and the median of many alternating runs, in GFLOP/s and as a share of the peak of the threads.
/// </summary>
internal static class Kernels
{
    private const int Rounds = 40;

    public static void Run(string[] args)
    {
        var threads = args.Length > 0 ? int.Parse(args[0]) : 1;
        var batch = args.Length > 1 ? int.Parse(args[1]) : 32;
        using var backend = new HostBackend(threads);
        var next = 0;
        var (image, first, second) = (new Shape(28, 28, 1), new Shape(26, 26, 32), new Shape(24, 24, 32));
        var convolution1 = new Convolution(image, first, 3, 1, 0, 0);
        var convolution2 = new Convolution(first, second, 3, 1, 0, 0);
        var (x, a, z, half) =
            (Take(batch * image.Size), Take(batch * first.Size), Take(batch * second.Size), Take(batch * second.Size / 4));
        var (da, dz) = (Take(batch * first.Size), Take(batch * second.Size));
        var (kernel1, kernel2, gradient) = (Take(convolution1.KernelSize), Take(convolution2.KernelSize), Take(convolution2.KernelSize));
        var channels = Enumerable.Range(0, 16).Select(_ => Take(32)).ToArray();
        var (dense, hidden, momentsOfHidden) =
            (Take(4608 * 128), Take(batch * 128), Enumerable.Range(0, 5).Select(_ => Take(128)).ToArray());
        var square = Enumerable.Range(0, 3).Select(_ => Take(1024 * 1024)).ToArray();
        using var compute = backend.Open(next);
        var random = new Random(1);
        compute.Write([.. Enumerable.Range(0, next).Select(_ => random.NextSingle() - 0.5f)], new(0, next));
        foreach (var channel in channels) compute.Fill(channel, 0.5f);

        var normalization1 = new Normalization(channels[0], channels[1], channels[2], channels[3]);
        var normalization2 = new Normalization(channels[4], channels[5], channels[6], channels[7]);
        var moments1 = new BatchMoments(channels[8], channels[9], channels[10], channels[11], channels[12], 1e-3f, 0.99f);
        var momentsHidden =
            new BatchMoments(momentsOfHidden[0], momentsOfHidden[1], momentsOfHidden[2], momentsOfHidden[3], momentsOfHidden[4], 1e-3f,
                0.99f);
        var sums = new NormalizationSums(channels[13], channels[14]);
        var relu = new Activation(ActivationKind.ReLU);
        var readA = new Source(a, first, normalization1, relu);
        var readZ = new Source(z, second, normalization2, relu);
        var half2 = new Pooling(PoolingKind.Max, 2, 2, 2);
        var flop1 = 2.0 * batch * second.Size * 288;
        var flop0 = 2.0 * batch * first.Size * 9;

        Line[] lines =
        [
            new("matrix product 1024 x 1024 x 1024", 2.0 * 1024 * 1024 * 1024,
                () => compute.Dense(1024, new(square[0], Shape.Vector(1024)), square[1], null, square[2], 1024, null)),
            new("dense 4608 -> 128, moments", 2.0 * batch * 4608 * 128,
                () => compute.Dense(batch, new(half, Shape.Vector(4608)), dense, null, hidden, 128, momentsHidden)),
            new("convolution 1 -> 32, moments", flop0,
                () => compute.Convolve(batch, convolution1, new(x, image), kernel1, null, a, moments1)),
            new("convolution 32 -> 32, plain", flop1, () => compute.Convolve(batch, convolution2, new(a, first), kernel2, null, z, null)),
            new("convolution 32 -> 32, BN + ReLU read, moments", flop1,
                () => compute.Convolve(batch, convolution2, readA, kernel2, null, z, moments1)),
            new("dW 32 -> 32, plain", flop1,
                () => compute.ConvolveBackward(batch, convolution2, new(a, first), kernel2, new(dz, new(z, second)), gradient, null, null)),
            new("dW, dX 32 -> 32, plain", 2 * flop1,
                () => compute.ConvolveBackward(batch, convolution2, new(a, first), kernel2, new(dz, new(z, second)), gradient, null,
                new(da))),
            new("dW, dX 32 -> 32, BN + ReLU + pool, sums", 2 * flop1,
                () => compute.ConvolveBackward(batch, convolution2, readA, kernel2, new(half, readZ, half2, sums), gradient, null,
                new(da, sums))),
            new("dW 1 -> 32, BN + ReLU", flop0,
                () => compute.ConvolveBackward(batch, convolution1, new(x, image), kernel1, new(da, readA, null, sums), gradient, null,
                null)),
        ];
        if (args.Length > 2) lines = [.. lines.Where(line => line.Name.Contains(args[2]))];
        foreach (var line in lines) Warm(line);
        var peaks = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            peaks.Add(Peak(threads));
            foreach (var line in lines) line.Seconds.Add(Timed(line.Todo));
        }

        var peak = peaks.Max();
        Console.WriteLine($"FMA peak, {threads} thread(s): {peak:F1} GFLOP/s (median {Median(peaks):F1}); batch {batch}");
        foreach (var line in lines)
        {
            var (best, median) = (line.Flop / line.Seconds.Min() / 1e9, line.Flop / Median(line.Seconds) / 1e9);
            Console.WriteLine(
                $"{line.Name,-50} {line.Seconds.Min() * 1e3,7:F2} ms {best,7:F1} GFLOP/s {best / peak,5:P0}   median {median,7:F1} "
                    + $"{median / peak,5:P0}");
        }

        Slice Take(int length)
        {
            var slice = new Slice(next, length);
            next += Slice.Aligned(length);
            return slice;
        }
    }

    private sealed record Line(string Name, double Flop, Action Todo)
    {
        public List<double> Seconds { get; } = [];
    }

    // Warms up past the tiers of the JIT.
    private static void Warm(Line line)
    {
        for (var clock = Stopwatch.StartNew(); clock.ElapsedMilliseconds < 700;) line.Todo();
    }

    private static double Timed(Action todo)
    {
        var clock = Stopwatch.StartNew();
        todo();
        return clock.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> of) => of.Order().ElementAt(of.Count / 2);

    /// <summary>The peak GFLOP/s: independent fused multiply-adds in registers, measured on one thread and multiplied by the number of
    /// threads.</summary>
    public static double Peak(int threads)
    {
        const int Times = 200_000;
        var lanes = Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;
        return threads * 2.0 * 12 * lanes * Times / 1e9 / Timed(() =>
        {
            if (lanes == 16) Chains512(Times);
            else if (lanes == 8) Chains256(Times);
            else Chains128(Times);
        });
    }

    // Twelve chains: more than latency (4) times ports (2), and fewer than the registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Chains512(int times)
    {
        var (x, y) = (Vector512.Create(1.0001f), Vector512.Create(0.0001f));
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (var n = 0; n < times; n++)
        {
            a = Vector512.FusedMultiplyAdd(x, y, a); b = Vector512.FusedMultiplyAdd(x, y, b); c = Vector512.FusedMultiplyAdd(x, y, c);
            d = Vector512.FusedMultiplyAdd(x, y, d); e = Vector512.FusedMultiplyAdd(x, y, e); f = Vector512.FusedMultiplyAdd(x, y, f);
            g = Vector512.FusedMultiplyAdd(x, y, g); h = Vector512.FusedMultiplyAdd(x, y, h); i = Vector512.FusedMultiplyAdd(x, y, i);
            j = Vector512.FusedMultiplyAdd(x, y, j); k = Vector512.FusedMultiplyAdd(x, y, k); l = Vector512.FusedMultiplyAdd(x, y, l);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Chains256(int times)
    {
        var (x, y) = (Vector256.Create(1.0001f), Vector256.Create(0.0001f));
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (var n = 0; n < times; n++)
        {
            a = Vector256.FusedMultiplyAdd(x, y, a); b = Vector256.FusedMultiplyAdd(x, y, b); c = Vector256.FusedMultiplyAdd(x, y, c);
            d = Vector256.FusedMultiplyAdd(x, y, d); e = Vector256.FusedMultiplyAdd(x, y, e); f = Vector256.FusedMultiplyAdd(x, y, f);
            g = Vector256.FusedMultiplyAdd(x, y, g); h = Vector256.FusedMultiplyAdd(x, y, h); i = Vector256.FusedMultiplyAdd(x, y, i);
            j = Vector256.FusedMultiplyAdd(x, y, j); k = Vector256.FusedMultiplyAdd(x, y, k); l = Vector256.FusedMultiplyAdd(x, y, l);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Chains128(int times)
    {
        var (x, y) = (Vector128.Create(1.0001f), Vector128.Create(0.0001f));
        Vector128<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (var n = 0; n < times; n++)
        {
            a = Vector128.MultiplyAddEstimate(x, y, a);
                b = Vector128.MultiplyAddEstimate(x, y, b); c = Vector128.MultiplyAddEstimate(x, y, c);
            d = Vector128.MultiplyAddEstimate(x, y, d);
                e = Vector128.MultiplyAddEstimate(x, y, e); f = Vector128.MultiplyAddEstimate(x, y, f);
            g = Vector128.MultiplyAddEstimate(x, y, g);
                h = Vector128.MultiplyAddEstimate(x, y, h); i = Vector128.MultiplyAddEstimate(x, y, i);
            j = Vector128.MultiplyAddEstimate(x, y, j);
                k = Vector128.MultiplyAddEstimate(x, y, k); l = Vector128.MultiplyAddEstimate(x, y, l);
        }

        return Vector128.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
