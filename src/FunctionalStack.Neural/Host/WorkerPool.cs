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
    private readonly object gate = new();
    private void* work;
    private delegate*<void*, int, int, void> invoke;
    private int items;
    private int next;
    private int busy;
    private int asleep;
    private volatile int round;
    private volatile bool closed;
    private ExceptionDispatchInfo? failure;

    public WorkerPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
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
        NextRound();
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
        NextRound();
        foreach (var helper in helpers) helper.Join();
    }

    private static void Invoke<T>(void* todo, int item, int worker) where T : unmanaged, IWork => ((T*)todo)->Do(item, worker);

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
            Await(seen);
            seen = round;
            if (closed) return;
            Work(worker);
            Interlocked.Decrement(ref busy);
        }
    }

    // A helper that sleeps is counted first and looks again after: either NextRound sees it counted and pulses, for which it
    // must wait until the helper waits, or the helper sees the new round.
    private void Await(int seen)
    {
        for (var i = 0; i < Spins; i++)
        {
            if (round != seen) return;
            Thread.SpinWait(10);
        }

        lock (gate)
        {
            Interlocked.Increment(ref asleep);
            while (round == seen) Monitor.Wait(gate);
            Interlocked.Decrement(ref asleep);
        }
    }

    private void NextRound()
    {
        round++;
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref asleep) == 0) return;
        lock (gate) Monitor.PulseAll(gate);
    }
}
