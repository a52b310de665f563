using FunctionalStack.Neural.Host;
using Xunit;

namespace FunctionalStack.Neural.Tests.Host;

public unsafe class WorkerPoolTests
{
    private readonly struct Count(int* done) : IWork
    {
        public void Do(int item, int worker) => Interlocked.Increment(ref done[item]);
    }

    private readonly struct Throw(int at) : IWork
    {
        public void Do(int item, int worker)
        {
            if (item == at) throw new InvalidOperationException("item");
        }
    }

    // In quick succession, rounds find the workers spinning; after a pause, asleep or about to sleep.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_item_is_done_once_in_every_round_whether_helpers_spin_or_sleep(int threads)
    {
        using var pool = new WorkerPool(threads);
        const int Items = 7;
        var done = stackalloc int[Items];
        for (var round = 1; round <= 2000; round++)
        {
            pool.Run(Items, new Count(done));
            for (var item = 0; item < Items; item++) Assert.Equal(round, done[item]);
            if (round % 100 == 0) Thread.Sleep(round / 100 % 4);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_an_item_throws_reaches_the_caller_and_the_pool_goes_on(int threads)
    {
        using var pool = new WorkerPool(threads);
        for (var at = 0; at < 20; at++) Assert.Throws<InvalidOperationException>(() => pool.Run(20, new Throw(at)));
        var done = 0;
        pool.Run(1, new Count(&done));
        Assert.Equal(1, done);
    }
}
