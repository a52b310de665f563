using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host;

public class DropTests
{
    [Property]
    public void What_the_mask_keeps_is_scaled_and_the_rest_is_zero(ulong key, byte percent, ushort size)
    {
        var rate = percent % 100 / 100f;
        var x = Workbench.Numbers(percent, 1 + size % 40_000);
        using var bench = new Workbench(threads: 2);
        var (from, to) = (bench.Put(x), bench.Room(x.Length));
        bench.Compute.Drop(1, from, Shape.Vector(x.Length), rate, key, to);
        Assert.Equal(x.Select((value, i) => DropMask.Keeps(key, i, DropMask.Threshold(rate)) ? value / (1 - rate) : 0), bench.Get(to));
        Assert.True(bench.IsClean(to));
    }

    [Fact]
    public void A_rate_drops_its_share_and_none_drops_nothing()
    {
        const int count = 100_000;
        using var bench = new Workbench();
        var (from, to) = (bench.Put([.. Enumerable.Repeat(1f, count)]), bench.Room(count));
        bench.Compute.Drop(10, from, Shape.Vector(count / 10), 0.3f, 7, to);
        // Four standard deviations of a binomial of 100,000.
        Assert.Equal(0.3, bench.Get(to).Count(y => y == 0) / (double)count, 4 * Math.Sqrt(0.3 * 0.7 / count));
        bench.Compute.Drop(10, from, Shape.Vector(count / 10), 0, 7, to);
        Assert.All(bench.Get(to), y => Assert.Equal(1, y));
    }
}
