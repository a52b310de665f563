using FsCheck.Xunit;
using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host;

/// <summary>Convolution and its gradients against plain loops in double: odd sizes, every vector width, any number of threads.</summary>
public class ConvolveTests
{
    [Property(MaxTest = 300)]
    public void Convolution_and_gradients_are_the_plain_loops(byte height, byte width, byte channels, byte filters, byte kernel,
        byte stride, bool same, byte batch, byte extras)
    {
        if (Case.Of(height % 9 + 1, width % 17 + 1, channels % 20 + 1, filters % 40 + 1, kernel % 5 + 1, stride % 3 + 1, same,
            batch % 4 + 1) is { } it)
            Check(it, 4 << extras % 3, extras % 2 == 0);
    }

    [Theory]
    [InlineData(28, 28, 1, 32, 3, 1, false, 3)]
    [InlineData(26, 26, 32, 32, 3, 1, false, 2)]
    [InlineData(1, 1, 1, 1, 1, 1, true, 1)]
    [InlineData(1, 1, 5, 3, 3, 2, true, 1)]
    [InlineData(7, 30, 1, 3, 5, 3, true, 40)]
    [InlineData(6, 6, 70, 70, 1, 1, true, 2)]
    public void Known_shapes(int height, int width, int channels, int filters, int kernel, int stride, bool same, int batch)
    {
        foreach (var lanes in (int[])[4, 8, 16])
            Check(Case.Of(height, width, channels, filters, kernel, stride, same, batch)!, lanes, bias: true);
    }

    [Property(MaxTest = 30)]
    public void The_bits_are_the_same_at_any_number_of_threads(byte height, byte channels, byte filters, byte batch, bool same)
    {
        var it = Case.Of(height % 9 + 3, 11, channels % 20 + 1, filters % 40 + 1, 3, 1, same, batch % 50 + 1)!;
        var one = it.Run(16, 1, true);
        foreach (var threads in (int[])[2, 3]) Assert.Equal(one, it.Run(16, threads, true));
    }

    [Fact]
    public void Nothing_is_allocated_once_it_has_run()
    {
        var it = Case.Of(12, 12, 3, 20, 3, 1, true, 5)!;
        Assert.Equal(0, it.Allocated());
    }

    private static void Check(Case it, int lanes, bool bias)
    {
        var found = it.Run(lanes, 2, bias);
        var (expected, sizes) = it.Expected(bias);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-30 + sizes[i] * Math.Pow(2, -24));
        for (var i = expected.Length; i < found.Length; i++) Assert.Equal(Case.Untouched, found[i]);
    }

    /// <summary>One convolution with its data; results are z, kernel gradient, bias gradient and dx in one array.</summary>
    private sealed record Case(Convolution Window, int Batch)
    {
        public const float Untouched = 1234.5f;

        public static Case? Of(int height, int width, int channels, int filters, int kernel, int stride, bool same, int batch)
        {
            int Extent(int n) => same ? (n + stride - 1) / stride : n < kernel ? 0 : (n - kernel) / stride + 1;
            int Before(int n) => same ? Math.Max((Extent(n) - 1) * stride + kernel - n, 0) / 2 : 0;
            return Extent(height) * Extent(width) == 0
                ? null : new(new(new(height, width, channels), new(Extent(height), Extent(width), filters), kernel, stride, Before(height),
                    Before(width)), batch);
        }

        private float[] X => Numbers(1, Batch * Window.Input.Size);

        private float[] Kernel => Numbers(2, Window.KernelSize);

        private float[] Bias => Numbers(3, Window.Output.Channels);

        private float[] Dz => Numbers(4, Batch * Window.Output.Size);

        public float[] Run(int lanes, int threads, bool bias)
        {
            var results = new float[0];
            With(lanes, threads, bias, (compute, todo, slices) =>
            {
                for (var again = 0; again < 2; again++) todo();
                if (!bias) compute.Fill(slices[2], 0);
                results =
                    [.. slices.SelectMany(slice => Of(compute, slice)),
                        .. slices.SelectMany(slice => Of(compute, new(slice.Offset + slice.Length, 1)))];
            });
            return results;
        }

        /// <summary>The bytes that a second run allocates on the calling thread.</summary>
        public long Allocated()
        {
            var bytes = -1L;
            With(8, 1, true, (_, todo, _) =>
            {
                todo();
                var before = GC.GetAllocatedBytesForCurrentThread();
                todo();
                bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            });
            return bytes;
        }

        private void With(int lanes, int threads, bool bias, Action<ICompute, Action, Slice[]> use)
        {
            var next = 0;
            Slice Take(int length)
            {
                var slice = new Slice(next, length);
                next += Slice.Aligned(length + 1);
                return slice;
            }

            var (x, kernel, b, dz) = (Take(X.Length), Take(Kernel.Length), Take(Bias.Length), Take(Dz.Length));
            Slice[] results = [Take(Dz.Length), Take(Kernel.Length), Take(Bias.Length), Take(X.Length)];
            using var backend = new HostBackend(threads, lanes);
            using var compute = backend.Open(next);
            compute.Fill(new(0, next), Untouched);
            foreach (var (numbers, to) in ((float[], Slice)[])[(X, x), (Kernel, kernel), (Bias, b), (Dz, dz)]) compute.Write(numbers, to);
            var source = new Source(x, Window.Input);
            use(compute, Both, results);

            void Both()
            {
                compute.Convolve(Batch, Window, source, kernel, bias ? b : null, results[0], null);
                compute.ConvolveBackward(Batch, Window, source, kernel, new(dz, new(results[0], Window.Output)), results[1],
                    bias ? results[2] : null, new(results[3]));
            }
        }

        /// <summary>The values, and for each the number and the size of the roundings in its sum.</summary>
        public (double[] Values, double[] Sizes) Expected(bool bias)
        {
            var (x, kernel, b, dz) = (X, Kernel, Bias, Dz);
            var (input, output) = (Window.Input, Window.Output);
            var (sum, size, terms) = (Results(), Results(), Results());
            for (var i = 0; i < dz.Length; i++) Add(0, i, bias ? b[i % output.Channels] : 0);
            for (var i = 0; i < dz.Length; i++) Add(2, i % output.Channels, bias ? dz[i] : 0);
            for (var example = 0; example < Batch; example++)
            {
                for (var at = 0; at < output.Size; at++)
                {
                    var (y, across, filter) =
                        (at / output.Channels / output.Width, at / output.Channels % output.Width, at % output.Channels);
                    for (var k = 0; k < Window.KernelSize / output.Channels; k++)
                    {
                        var (row, column, channel) =
                            (k / input.Channels / Window.Kernel, k / input.Channels % Window.Kernel, k % input.Channels);
                        var (iy, ix) = (y * Window.Stride - Window.Top + row, across * Window.Stride - Window.Left + column);
                        if (iy < 0 || iy >= input.Height || ix < 0 || ix >= input.Width) continue;
                        var (o, i, w) =
                            (example * output.Size + at, example * input.Size + (iy * input.Width + ix) * input.Channels + channel,
                                k * output.Channels + filter);
                        Add(0, o, (double)x[i] * kernel[w]);
                        Add(1, w, (double)x[i] * dz[o]);
                        Add(3, i, (double)kernel[w] * dz[o]);
                    }
                }
            }

            return ([.. sum.SelectMany(s => s)],
                [.. size.Zip(terms).SelectMany(pair => pair.First.Zip(pair.Second, (s, n) => s * (n + 1)))]);

            void Add(int result, int at, double term)
            {
                sum[result][at] += term;
                size[result][at] += Math.Abs(term);
                terms[result][at]++;
            }

            double[][] Results() => [new double[dz.Length], new double[kernel.Length], new double[b.Length], new double[x.Length]];
        }

        private static float[] Of(ICompute compute, Slice slice)
        {
            var to = new float[slice.Length];
            compute.Read(slice, to);
            return to;
        }

        private static float[] Numbers(int seed, int count)
        {
            var random = new Random(seed);
            return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];
        }
    }
}
