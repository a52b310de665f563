using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace FunctionalStack.Neural.Host;

/// <summary>A piece of work cut into items that may run in any order on any thread: plain data, pointers included.</summary>
internal interface IWork
{
    /// <summary>Does item <paramref name="item"/>. Writes nothing that another item reads or writes.</summary>
    /// <param name="item">From 0.</param>
    /// <param name="worker">Which worker does it, from 0: for scratch memory only.</param>
    void Do(int item, int worker);
}

/// <summary>
/// One set of threads for all of a backend's operations. <see cref="Run"/> returns when all items are done; the calling
/// thread works too. Allocates nothing: the work stays on the caller's stack.
/// </summary>
internal sealed unsafe class WorkerPool : IDisposable
{
    // About 0.7 ms: longer than what lies between two operations of a step, so that no helper falls asleep inside one.
    private const int Spins = 2000;

    private readonly Thread[] helpers;
    private readonly SemaphoreSlim[] wakes;
    private readonly int[] asleep;
    private void* work;
    private delegate*<void*, int, int, void> invoke;
    private int items;
    private int next;
    private int busy;
    private volatile int round;
    private volatile bool closed;
    private ExceptionDispatchInfo? failure;

    public WorkerPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        asleep = new int[threads];
        wakes = [.. Enumerable.Range(0, threads).Select(_ => new SemaphoreSlim(0))];
        helpers = [.. Enumerable.Range(1, threads - 1).Select(worker => new Thread(() => Help(worker)) { IsBackground = true, Name = $"worker {worker}" })];
        foreach (var helper in helpers) helper.Start();
    }

    public int Threads { get; }

    /// <summary>Does items 0 .. count - 1. One caller at a time.</summary>
    public void Run<T>(int count, T todo) where T : unmanaged, IWork
    {
        if (helpers.Length == 0 || count <= 1)
        {
            for (var item = 0; item < count; item++) todo.Do(item, 0);
            return;
        }

        work = &todo;
        invoke = &Invoke<T>;
        items = count;
        Volatile.Write(ref next, 0);
        Volatile.Write(ref busy, helpers.Length);
        Begin();
        Work(0);
        var spinner = default(SpinWait);
        while (Volatile.Read(ref busy) > 0) spinner.SpinOnce(sleep1Threshold: -1);
        if (failure is { } thrown)
        {
            failure = null;
            thrown.Throw();
        }
    }

    public void Dispose()
    {
        closed = true;
        Begin();
        foreach (var helper in helpers) helper.Join();
        foreach (var wake in wakes) wake.Dispose();
    }

    private static void Invoke<T>(void* todo, int item, int worker) where T : unmanaged, IWork => ((T*)todo)->Do(item, worker);

    private void Begin()
    {
        round++;
        Interlocked.MemoryBarrier();
        for (var worker = 1; worker <= helpers.Length; worker++)
        {
            if (WasAsleep(worker)) wakes[worker].Release();
        }
    }

    private bool WasAsleep(int worker) => Volatile.Read(ref asleep[worker]) != 0 && Interlocked.Exchange(ref asleep[worker], 0) != 0;

    private void Work(int worker)
    {
        try
        {
            for (int item; (item = Interlocked.Increment(ref next) - 1) < items;) invoke(work, item, worker);
        }
        catch (Exception thrown)
        {
            failure = ExceptionDispatchInfo.Capture(thrown);
            Volatile.Write(ref next, items);
        }
    }

    private void Help(int worker)
    {
        for (var seen = 0; ;)
        {
            Await(worker, seen);
            seen = round;
            if (closed) return;
            Work(worker);
            Interlocked.Decrement(ref busy);
        }
    }

    // A helper says that it sleeps, then looks again: either Begin sees it asleep, or it sees the new round. Each has its own
    // semaphore: of a common one, a helper that is back early could take the release meant for one still waking.
    private void Await(int worker, int seen)
    {
        for (var i = 0; i < Spins; i++)
        {
            if (round != seen) return;
            Thread.SpinWait(10);
        }

        Interlocked.Exchange(ref asleep[worker], 1);
        // In vain where the round has begun; but if Begin has seen the helper asleep already, its release is the helper's to take.
        if (round == seen || !WasAsleep(worker)) wakes[worker].Wait();
    }
}
