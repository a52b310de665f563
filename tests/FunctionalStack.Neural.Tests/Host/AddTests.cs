using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host;

public class AddTests
{
    [Property]
    public void Sums_are_number_by_number(int seed, ushort size)
    {
        var (a, b) = (Workbench.Numbers(seed, 1 + size % 40_000), Workbench.Numbers(seed + 1, 1 + size % 40_000));
        using var bench = new Workbench(threads: 2, Workbench.Widths[size % 3]);
        var (atA, atB, y) = (bench.Put(a), bench.Put(b), bench.Room(a.Length));
        var shape = Shape.Vector(a.Length);
        bench.Compute.Add(1, new(atA, shape), new(atB, shape), y);
        var sums = a.Zip(b, (one, two) => one + two).ToArray();
        Assert.Equal(sums, bench.Get(y));
        bench.Compute.Accumulate(atB, atA);
        Assert.Equal(sums, bench.Get(atA));
        Assert.Equal(b, bench.Get(atB));
        Assert.True(bench.IsClean(y) && bench.IsClean(atA));
    }
}
