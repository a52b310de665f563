using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host;

public class SoftmaxTests
{
    [Fact]
    public void Known_rows()
    {
        Assert.All(new[] { 0.09003057, 0.24472847, 0.66524096 }.Zip(Softmax(3, 1, 2, 3)),
            pair => Assert.Equal(pair.First, pair.Second, 1e-7));
        Assert.Equal([1, 0, 0], Softmax(3, 3e38f, -3e38f, 0));
        Assert.Equal([0.5f, 0.5f, 0.5f, 0.5f], Softmax(2, 7, 7, float.MinValue, float.MinValue));
        Assert.Equal([1], Softmax(1, -5));
        Assert.All(Softmax(2, float.NaN, 1), x => Assert.Equal(float.NaN, x));
    }

    [Property]
    public void A_row_sums_to_one_and_a_shift_changes_nothing(int seed, byte size)
    {
        var units = 1 + size % 40;
        var x = Workbench.Numbers(seed, 3 * units, scale: 4);
        var y = Softmax(units, x);
        foreach (var row in y.Chunk(units)) Assert.Equal(1, row.Sum(p => (double)p), 1e-6);
        // Scores of about 4 lose 2^-16 of absolute precision when 256 is added.
        Assert.All(y.Zip(Softmax(units, [.. x.Select(s => s + 256)])), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    // dx of softmax followed by -log of one probability is softmax - one-hot.
    [Property]
    public void Backward_after_log_is_the_difference_to_the_target(int seed, byte size)
    {
        var units = 2 + size % 20;
        using var bench = new Workbench();
        var (y, dy, dx) = (bench.Put(Softmax(units, Workbench.Numbers(seed, units))), bench.Room(units), bench.Room(units));
        var (p, target) = (bench.Get(y), size % units);
        bench.Compute.Write([.. p.Select((value, unit) => unit == target ? -1 / value : 0)], dy);
        bench.Compute.SoftmaxBackward(1, y, dy, units, dx);
        Assert.All(bench.Get(dx).Select((found, unit) => (found, p[unit] - (unit == target ? 1 : 0))),
            pair => Assert.Equal(pair.Item2, pair.found, 1e-5f));
        Assert.True(bench.IsClean(dx));
    }

    private static float[] Softmax(int units, params float[] x)
    {
        using var bench = new Workbench(threads: 2);
        var (from, to) = (bench.Put(x), bench.Room(x.Length));
        bench.Compute.Softmax(x.Length / units, from, units, to);
        Assert.True(bench.IsClean(to));
        return bench.Get(to);
    }
}
