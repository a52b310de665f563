namespace FunctionalStack;

/// <summary>
/// Lets other threads help with the independent parts of a step inside one fit, which are too short for separate tasks.
/// The result does not depend on it, bit for bit: a part must not write what others read.
/// </summary>
public abstract class WorkSharing
{
    /// <summary>Runs all parts on the calling thread.</summary>
    public static WorkSharing None { get; } = new Alone(CancellationToken.None);

    /// <summary>The number of threads available now, at least 1. Use it only to choose a granularity that does not change the
    /// result.</summary>
    public abstract int Threads { get; }

    /// <summary>
    /// Runs parts 0 to <paramref name="parts"/> - 1, each once, in any order, on any of the threads. Returns when all are
    /// done. A part may run nested parts. An exception of a part is rethrown here. After cancellation no further part
    /// starts, and an <see cref="OperationCanceledException"/> is thrown.
    /// </summary>
    public abstract void Run(int parts, Action<int> part);

    /// <summary>The results of <paramref name="part"/> for 0 to <paramref name="parts"/> - 1, in that order.</summary>
    public T[] Map<T>(int parts, Func<int, T> part)
    {
        var made = new T[parts];
        Run(parts, i => made[i] = part(i));
        return made;
    }

    /// <summary>Runs all parts on the calling thread. After cancellation no further part starts.</summary>
    internal static WorkSharing Until(CancellationToken cancellation) => cancellation.CanBeCanceled ? new Alone(cancellation) : None;

    private sealed class Alone(CancellationToken cancellation) : WorkSharing
    {
        public override int Threads => 1;

        public override void Run(int parts, Action<int> part)
        {
            for (var i = 0; i < parts; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                part(i);
            }
        }
    }
}

/// <summary>The parts shared by the threads of one run. Threads without a task take parts of other threads' steps.</summary>
/// <param name="wake">Wakes the sleeping threads.</param>
/// <param name="cancellation">After cancellation no further part starts.</param>
internal sealed class SharedWork(Action wake, CancellationToken cancellation) : WorkSharing
{
    private readonly WorkSharing alone = Until(cancellation);
    private readonly Batch?[] open = new Batch?[64];
    private int idle;

    public override int Threads => 1 + Volatile.Read(ref idle);

    /// <summary>Whether a step may have parts left.</summary>
    public bool HasParts
    {
        get
        {
            for (var slot = 0; slot < open.Length; slot++)
            {
                if (Volatile.Read(ref open[slot]) is { HasLeft: true }) return true;
            }

            return false;
        }
    }

    public override void Run(int parts, Action<int> part)
    {
        var batch = parts > 1 ? new Batch(parts, part, cancellation) : null;
        var slot = batch is null ? -1 : Open(batch);
        if (slot < 0)
        {
            alone.Run(parts, part);
            return;
        }

        while (batch!.DoOne()) { }
        Volatile.Write(ref open[slot], null);

        // Parts that others took may be long. Helping with other steps meanwhile cannot deadlock: a thread that waits for a part
        // waits for one that started after its own, and the part that started last waits for no other.
        for (var spin = new Spin(); !batch.IsDone;)
        {
            if (Help()) spin = new();
            else if (!spin.Once()) batch.Wait();
        }

        batch.ThrowIfFailed();
    }

    /// <summary>Runs one part of any step. False if there is none.</summary>
    public bool Help()
    {
        for (var slot = 0; slot < open.Length; slot++)
        {
            if (Volatile.Read(ref open[slot]) is { } batch && batch.DoOne()) return true;
        }

        return false;
    }

    public void BeginIdle() => Interlocked.Increment(ref idle);

    public void EndIdle() => Interlocked.Decrement(ref idle);

    private int Open(Batch batch)
    {
        for (var slot = 0; slot < open.Length; slot++)
        {
            if (Interlocked.CompareExchange(ref open[slot], batch, null) is not null) continue;
            wake();
            return slot;
        }

        return -1;
    }

    private sealed class Batch(int parts, Action<int> part, CancellationToken cancellation)
    {
        private int next;
        private int finished;
        private volatile bool waited;
        private Exception? failure;

        public bool IsDone => Volatile.Read(ref finished) == parts;

        public bool HasLeft => Volatile.Read(ref next) < parts;

        /// <summary>Runs one part. False if none is left.</summary>
        public bool DoOne()
        {
            if (!HasLeft) return false;
            var i = Interlocked.Increment(ref next) - 1;
            if (i >= parts) return false;
            try
            {
                cancellation.ThrowIfCancellationRequested();
                part(i);
            }
            catch (Exception exception)
            {
                // Rethrown by the thread that opened the batch, since the fit belongs to it.
                Interlocked.CompareExchange(ref failure, exception, null);
            }

            if (Interlocked.Increment(ref finished) == parts && waited)
            {
                lock (this) Monitor.PulseAll(this);
            }

            return true;
        }

        public void Wait()
        {
            lock (this)
            {
                waited = true;
                Interlocked.MemoryBarrier();
                while (!IsDone) Monitor.Wait(this);
            }
        }

        public void ThrowIfFailed()
        {
            if (failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }
}

/// <summary>A short spin before sleeping.</summary>
internal struct Spin
{
    // Waking takes about 50 microseconds. The pauses between the steps of a boosting round are mostly shorter than these spins.
    private const int Turns = 200;

    private SpinWait wait;

    /// <summary>False once it is time to sleep.</summary>
    public bool Once()
    {
        if (wait.Count >= Turns) return false;
        wait.SpinOnce(sleep1Threshold: -1);
        return true;
    }
}
