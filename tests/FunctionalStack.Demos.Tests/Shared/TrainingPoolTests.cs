using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;
using FunctionalStack.Oracle;
using Xunit;

namespace FunctionalStack.Demos.Tests;

public class TrainingPoolTests
{
    [Fact]
    public void A_device_trains_nets_in_turn_and_the_host_trains_each_on_its_own_backend()
    {
        using var device = new SmallDevice();
        Assert.Equal([.. Enumerable.Repeat<IBackend>(device, 5)], On(new(device, 4)));
        using var host = new HostBackend(2);
        var own = On(new(host, 2));
        Assert.Equal(5, own.Distinct().Count());
        Assert.DoesNotContain(host, own);

        static IBackend[] On(TrainingPool pool)
        {
            var (given, inside, most) = (new IBackend[5], 0, 0);
            pool.Each(5, default, (backend, i) =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                given[i] = backend;
                Interlocked.Decrement(ref inside);
            });
            Assert.InRange(most, 1, pool.Backend is HostBackend ? pool.Threads : 1);
            return given;
        }
    }

    [Fact]
    public void Cancellation_stops_both()
    {
        using var device = new SmallDevice();
        using var host = new HostBackend(2);
        foreach (var backend in (IBackend[])[device, host])
        {
            Assert.ThrowsAny<OperationCanceledException>(() =>
                new TrainingPool(backend, 2).Each(3, new(true), (_, _) => Assert.Fail("cancelled before the start")));
        }
    }
}
