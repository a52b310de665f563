using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace FunctionalStack.Neural.Host;

/// <summary>Work split into items that may run in any order on any thread: plain data, including pointers.</summary>
internal interface IWork
{
    /// <summary>Runs item <paramref name="item"/>. It must not write what another item reads or writes.</summary>
    /// <param name="item">The item, from 0.</param>
    /// <param name="worker">The worker that runs it, from 0; only for choosing scratch memory.</param>
    void Do(int item, int worker);
}

/// <summary>
/// The threads shared by all operations of a backend. <see cref="Run"/> returns when all items are done; the calling thread
/// works too. It allocates nothing: the work is on the caller's stack.
/// </summary>
internal sealed unsafe class WorkerPool : IDisposable
{
    // About 0.7 ms: longer than the time between two operations of a step, so that no worker sleeps within a step.
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
        helpers =
            [.. Enumerable.Range(1, threads - 1)
                .Select(worker => new Thread(() => Help(worker)) { IsBackground = true, Name = $"worker {worker}" })];
        foreach (var helper in helpers) helper.Start();
    }

    public int Threads { get; }

    /// <summary>Runs items 0 .. count - 1. One caller at a time.</summary>
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

    // A worker marks itself as asleep, then checks again: either Begin sees the mark, or the worker sees the new round. Each
    // worker has its own semaphore: with a shared one, a worker that is back early could take the release of another.
    private void Await(int worker, int seen)
    {
        for (var i = 0; i < Spins; i++)
        {
            if (round != seen) return;
            Thread.SpinWait(10);
        }

        Interlocked.Exchange(ref asleep[worker], 1);
        // Cancelled if the round has begun. If Begin has already seen the mark, the worker must take its release.
        if (round == seen || !WasAsleep(worker)) wakes[worker].Wait();
    }
}
