using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host;

/// <summary>Plain sources, with sizes that are split into blocks and pieces; normalized sources are tested by the backend suite.</summary>
public class DenseTests
{
    private static readonly Gen<(int Batch, int Inputs, int Units)> sizes =
        from batch in Gen.OneOf(Gen.Choose(1, 40), Gen.Choose(125, 135), Gen.Choose(255, 260))
        from inputs in Gen.OneOf(Gen.Choose(1, 70), Gen.Choose(390, 410), Gen.Choose(770, 800))
        from units in Gen.OneOf(Gen.Choose(1, 3), Gen.Choose(10, 70))
        select (batch, inputs, units);

    [Property(MaxTest = 30)]
    public Property Products_and_gradients_are_plain_sums() =>
        Prop.ForAll(Arb.From(sizes), Arb.From(Gen.Choose(0, 1000)), (size, seed) =>
        {
            var (batch, inputs, units) = size;
            var (x, w) = (Workbench.Numbers(seed, batch * inputs), Workbench.Numbers(seed + 1, inputs * units));
            var (b, dz) = (Workbench.Numbers(seed + 2, units), Workbench.Numbers(seed + 3, batch * units));
            var found = Run(1, Workbench.Widths[seed % 3], size, x, w, b, dz);
            for (var i = 0; i < batch; i++)
            {
                for (var u = 0; u < units; u++)
                    Near(b[u] + Sum(inputs, k => x[i * inputs + k] * (double)w[k * units + u]), found.Z[i * units + u], inputs);
                for (var k = 0; k < inputs; k++)
                    Near(Sum(units, u => dz[i * units + u] * (double)w[k * units + u]), found.X[i * inputs + k], units);
            }

            for (var u = 0; u < units; u++)
            {
                Near(Sum(batch, i => dz[i * units + u]), found.Bias[u], batch);
                for (var k = 0; k < inputs; k++)
                    Near(Sum(batch, i => x[i * inputs + k] * (double)dz[i * units + u]), found.Kernel[k * units + u], batch);
            }
        });

    [Property(MaxTest = 10)]
    public Property Threads_change_no_bit() =>
        Prop.ForAll(Arb.From(sizes), size =>
        {
            var (batch, inputs, units) = size;
            var (x, w) = (Workbench.Numbers(1, batch * inputs), Workbench.Numbers(2, inputs * units));
            var (b, dz) = (Workbench.Numbers(3, units), Workbench.Numbers(4, batch * units));
            var (one, three) = (Run(1, 16, size, x, w, b, dz), Run(3, 16, size, x, w, b, dz));
            Assert.Equal(one.Z, three.Z);
            Assert.Equal(one.Kernel, three.Kernel);
            Assert.Equal(one.Bias, three.Bias);
            Assert.Equal(one.X, three.X);
        });

    private static (float[] Z, float[] Kernel, float[] Bias, float[] X) Run(
        int threads, int lanes, (int Batch, int Inputs, int Units) size, float[] x, float[] w, float[] b, float[] dz)
    {
        using var bench = new Workbench(threads, lanes);
        var source = new Source(bench.Put(x), Shape.Vector(size.Inputs));
        var (kernel, bias, z) = (bench.Put(w), bench.Put(b), bench.Room(dz.Length));
        bench.Compute.Dense(size.Batch, source, kernel, bias, z, size.Units, null);
        var gradient = new Gradient(bench.Put(dz), new(z, Shape.Vector(size.Units)));
        var (dw, db, dx) = (bench.Room(w.Length), bench.Room(b.Length), bench.Room(x.Length));
        bench.Compute.DenseBackward(size.Batch, source, kernel, gradient, dw, db, new(dx));
        Assert.All([z, dw, db, dx], slice => Assert.True(bench.IsClean(slice)));
        return (bench.Get(z), bench.Get(dw), bench.Get(db), bench.Get(dx));
    }

    private static double Sum(int count, Func<int, double> term) => Enumerable.Range(0, count).Sum(term);

    // Terms are of the order of 1 (at most 20); each of the additions rounds a sum of the order of sqrt(terms) by 2^-24.
    private static void Near(double expected, float found, int terms) => Assert.Equal(expected, found, 1e-6 * (1 + terms));
}
