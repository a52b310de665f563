using System.Diagnostics;
using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;

/// <summary>
/// Times square matrix products on the host against the measured FMA peak of the machine: a dense layer of n units on n
/// examples of n numbers.
///   FunctionalStack.Bench gemm [SIZE...]
/// Each line is the best and the median of many runs, on one thread and on two.
/// </summary>
internal static class Gemm
{
    private const int Rounds = 15;

    public static void Run(string[] args)
    {
        int[] sizes = args.Length > 0 ? [.. args.Select(int.Parse)] : [256, 512, 1024, 2048];
        foreach (var threads in new[] { 1, 2 })
        {
            using var backend = new HostBackend(threads);
            foreach (var size in sizes) Time(backend, threads, size);
        }
    }

    private static void Time(HostBackend backend, int threads, int size)
    {
        var length = size * size;
        var (a, b, c) = (new Slice(0, length), new Slice(Slice.Aligned(length), length), new Slice(2 * Slice.Aligned(length), length));
        using var compute = backend.Open(3 * Slice.Aligned(length));
        compute.Fill(a, 0.5f);
        compute.Fill(b, 0.25f);
        for (var clock = Stopwatch.StartNew(); clock.ElapsedMilliseconds < 700;) Multiply();
        var (seconds, peak) = (new List<double>(), 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            peak = Math.Max(peak, Kernels.Peak(threads));
            var clock = Stopwatch.StartNew();
            Multiply();
            seconds.Add(clock.Elapsed.TotalSeconds);
        }

        seconds.Sort();
        var flop = 2.0 * length * size / 1e9;
        Console.WriteLine(
            $"{threads} thread(s) {size,5} cubed {seconds[0] * 1e3,8:F2} ms {flop / seconds[0],7:F1} GFLOP/s "
                + $"{flop / seconds[0] / peak,4:P0} of {peak:F1}"
            + $"   median {flop / seconds[Rounds / 2],7:F1}");

        void Multiply() => compute.Dense(size, new(a, Shape.Vector(size)), b, null, c, size, null);
    }
}
