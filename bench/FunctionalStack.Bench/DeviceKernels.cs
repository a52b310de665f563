using System.Diagnostics;
using FunctionalStack;
using FunctionalStack.Gpu;
using FunctionalStack.Neural;

/// <summary>
/// Times every operation of the reference net's training step on a device, and the step itself: best and median of many runs,
/// GFLOP/s, and GB/s of the tensors that are read and written at least once.
///   FunctionalStack.Bench device NAME [BATCH] [FILTER of line names]
/// </summary>
internal static class DeviceKernels
{
    private static readonly TimeSpan ALine = TimeSpan.FromSeconds(1);
    private const int LeastRuns = 5, MostRuns = 200;

    public static void Run(string[] args)
    {
        var batch = args.Length > 1 ? int.Parse(args[1]) : 32;
        using var backend = Device.Open(args[0], Environment.ProcessorCount).OrThrow();
        var next = 0;
        var (image, first, second, pooled) = (new Shape(28, 28, 1), new Shape(26, 26, 32), new Shape(24, 24, 32), new Shape(12, 12, 32));
        var convolution1 = new Convolution(image, first, 3, 1, 0, 0);
        var convolution2 = new Convolution(first, second, 3, 1, 0, 0);
        var (x, a, z, half) = (Take(batch * image.Size), Take(batch * first.Size), Take(batch * second.Size), Take(batch * pooled.Size));
        var (da, dz, dhalf) = (Take(batch * first.Size), Take(batch * second.Size), Take(batch * pooled.Size));
        var (kernel1, kernel2, gradient) = (Take(convolution1.KernelSize), Take(convolution2.KernelSize), Take(convolution2.KernelSize));
        var channels = Enumerable.Range(0, 15).Select(_ => Take(32)).ToArray();
        var (dense, ddense, slot1, slot2) = (Take(4608 * 128), Take(4608 * 128), Take(4608 * 128), Take(4608 * 128));
        var (hidden, dhidden, wide) = (Take(batch * 128), Take(batch * 128), Enumerable.Range(0, 11).Select(_ => Take(128)).ToArray());
        var (last, dlast, bias, dbias, logits, dlogits) = (Take(1280), Take(1280), Take(10), Take(10), Take(batch * 10), Take(batch * 10));
        var (targets, metrics) = (Take(batch), Take(2));
        var square = Enumerable.Range(0, 3).Select(_ => Take(1024 * 1024)).ToArray();
        using var compute = backend.Open(next);
        var random = new Random(1);
        compute.Write([.. Enumerable.Range(0, next).Select(_ => random.NextSingle() - 0.5f)], new(0, next));
        foreach (var channel in channels.Concat(wide)) compute.Fill(channel, 0.5f);
        compute.Fill(targets, 3);

        var readA = new Source(a, first, new(channels[0], channels[1], channels[2], channels[3]), new(ActivationKind.ReLU));
        var readZ = new Source(z, second, new(channels[4], channels[5], channels[6], channels[7]), new(ActivationKind.ReLU));
        var readHidden = new Source(hidden, Shape.Vector(128), new(wide[0], wide[1], wide[2], wide[3]), new(ActivationKind.ReLU));
        var moments = new BatchMoments(channels[8], channels[9], channels[10], channels[11], channels[12], 1e-3f, 0.99f);
        var momentsHidden = new BatchMoments(wide[4], wide[5], wide[6], wide[7], wide[8], 1e-3f, 0.99f);
        var (sums, sumsHidden) = (new NormalizationSums(channels[13], channels[14]), new NormalizationSums(wide[9], wide[10]));
        var half2 = new Pooling(PoolingKind.Max, 2, 2, 2);
        var (flop1, flop0, flopDense) = (2.0 * batch * second.Size * 288, 2.0 * batch * first.Size * 9, 2.0 * batch * 4608 * 128);
        var (imageBytes, firstBytes, secondBytes, denseBytes) =
            (4.0 * batch * image.Size, 4.0 * batch * first.Size, 4.0 * batch * second.Size, 4.0 * 4608 * 128);
        var flat = new Source(half, Shape.Vector(4608));
        var adam = new Optimizer.Adam().Rule(10, 1, decays: false);

        Line[] lines =
        [
            new("matrix product 1024 cubed", 2.0 * 1024 * 1024 * 1024, 12.0 * 1024 * 1024,
                () => compute.Dense(1024, new(square[0], Shape.Vector(1024)), square[1], null, square[2], 1024, null)),
            new("convolution 32 -> 32 alone", flop1, firstBytes + secondBytes,
                () => compute.Convolve(batch, convolution2, new(a, first), kernel2, null, z, null)),
            new("dW 32 -> 32 alone", flop1, firstBytes + secondBytes,
                () => compute.ConvolveBackward(batch, convolution2, new(a, first), kernel2, new(dz, new(z, second)), gradient, null, null)),
            new("dW, dX 32 -> 32 alone", 2 * flop1, 2 * (firstBytes + secondBytes),
                () => compute.ConvolveBackward(batch, convolution2, new(a, first), kernel2, new(dz, new(z, second)), gradient, null,
                new(da))),
            new("step: convolution 1 -> 32, moments", flop0, imageBytes + firstBytes,
                () => compute.Convolve(batch, convolution1, new(x, image), kernel1, null, a, moments)),
            new("step: convolution 32 -> 32, BN + ReLU read, moments", flop1, firstBytes + secondBytes,
                () => compute.Convolve(batch, convolution2, readA, kernel2, null, z, moments)),
            new("step: BN + ReLU + pool", 0, 1.25 * secondBytes, () => compute.Apply(batch, readZ, half2, half)),
            new("step: dense 4608 -> 128, moments", flopDense, denseBytes,
                () => compute.Dense(batch, flat, dense, null, hidden, 128, momentsHidden)),
            new("step: dense 128 -> 10, BN + ReLU read", 2.0 * batch * 1280, 0,
                () => compute.Dense(batch, readHidden, last, bias, logits, 10, null)),
            new("step: loss", 0, 0, () => compute.Loss(batch, LossKind.SoftmaxCrossEntropy, logits, targets, 10, dlogits, metrics)),
            new("step: dense 128 -> 10 backward, sums", 4.0 * batch * 1280, 0,
                () => compute.DenseBackward(batch, readHidden, last, new(dlogits, new(logits, Shape.Vector(10))), dlast, dbias,
                new(dhidden, sumsHidden))),
            new("step: dense 4608 -> 128 backward", 2 * flopDense, 2 * denseBytes,
                () => compute.DenseBackward(batch, flat, dense, new(dhidden, readHidden, null, sumsHidden), ddense, null, new(dhalf))),
            new("step: BN + ReLU + pool sums", 0, 1.25 * secondBytes,
                () => compute.NormalizationBackward(batch, new(dhalf, readZ, half2), sums)),
            new("step: convolution 32 -> 32 backward, pool, sums", 2 * flop1, 2 * (firstBytes + secondBytes),
                () => compute.ConvolveBackward(batch, convolution2, readA, kernel2, new(dhalf, readZ, half2, sums), gradient, null,
                new(da, sums))),
            new("step: convolution 1 -> 32 backward", flop0, imageBytes + 2 * firstBytes,
                () => compute.ConvolveBackward(batch, convolution1, new(x, image), kernel1, new(da, readA, null, sums),
                gradient with { Length = 288 }, null, null)),
            new("step: Adam, 590 K parameters", 0, 7 * denseBytes, () => compute.Update(adam, dense, ddense, slot1, slot2)),
        ];
        if (args.Length > 2) lines = [.. lines.Where(line => line.Name.Contains(args[2], StringComparison.Ordinal))];
        Console.WriteLine($"{backend.Id}: {backend.Name}; batch {batch}");
        var wait = new float[1];
        var whole = 0.0;
        foreach (var line in lines)
        {
            var (seconds, clock) = (new List<double>(), Stopwatch.StartNew());
            for (var run = 0; run < 3; run++) Once(line);
            clock.Restart();
            while (seconds.Count < LeastRuns || (clock.Elapsed < ALine && seconds.Count < MostRuns)) seconds.Add(Once(line));
            seconds.Sort();
            var (best, median) = (seconds[0], seconds[seconds.Count / 2]);
            if (line.Name.StartsWith("step", StringComparison.Ordinal)) whole += median;
            Console.WriteLine(
                $"{line.Name,-54} {best * 1e3,8:F3} ms, median {median * 1e3,8:F3} ms {line.Flop / median / 1e9,8:F1} GFLOP/s "
                    + $"{line.Bytes / median / 1e9,7:F1} GB/s");
        }

        Console.WriteLine($"sum of the step's operations, each synchronized: {whole * 1e3:F2} ms, {batch / whole:F0} images/s");

        double Once(Line line)
        {
            var clock = Stopwatch.StartNew();
            line.Todo();
            compute.Read(metrics with { Length = 1 }, wait);
            return clock.Elapsed.TotalSeconds;
        }

        Slice Take(int length)
        {
            var slice = new Slice(next, length);
            next += Slice.Aligned(length);
            return slice;
        }
    }

    private sealed record Line(string Name, double Flop, double Bytes, Action Todo);
}
