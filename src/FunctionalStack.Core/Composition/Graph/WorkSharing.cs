namespace FunctionalStack;

/// <summary>
/// Threads that may help with the independent parts of a step inside one fit, each far too short for a task of its own.
/// Who helps changes no bit: parts must not write what others read.
/// </summary>
public abstract class WorkSharing
{
    /// <summary>Nobody helps.</summary>
    public static WorkSharing None { get; } = new Alone(CancellationToken.None);

    /// <summary>Threads at work on this just now, at least 1: for deciding how finely to divide what gives the same bits however it is divided.</summary>
    public abstract int Threads { get; }

    /// <summary>
    /// Does parts 0 .. <paramref name="parts"/> - 1, each once, in any order, on any of the threads, and returns when all are
    /// done. A part may run parts of its own. What a part throws is thrown here, and once the run is cancelled, no further part
    /// begins: that is an <see cref="OperationCanceledException"/>.
    /// </summary>
    public abstract void Run(int parts, Action<int> part);

    /// <summary>What <paramref name="part"/> makes of 0 .. <paramref name="parts"/> - 1, in that order.</summary>
    public T[] Map<T>(int parts, Func<int, T> part)
    {
        var made = new T[parts];
        Run(parts, i => made[i] = part(i));
        return made;
    }

    /// <summary>Nobody helps; once cancelled, no further part begins.</summary>
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

/// <summary>The parts that the threads of one run share: those with no task of their own take parts of others' steps.</summary>
/// <param name="wake">Wakes the threads that sleep.</param>
/// <param name="cancellation">Once cancelled, no further part begins.</param>
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

        // Parts that others took may be long. Helping with other steps meanwhile cannot deadlock: whoever waits for a part
        // waits for one begun after its own, and what began last waits for nobody.
        for (var spin = new Spin(); !batch.IsDone;)
        {
            if (Help()) spin = new();
            else if (!spin.Once()) batch.Wait();
        }

        batch.ThrowIfFailed();
    }

    /// <summary>Takes one part of any step; false where there is none.</summary>
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

        /// <summary>Whether there was one left to do.</summary>
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
                // Thrown by whoever opened the batch, since the fit is theirs.
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

/// <summary>A short time of looking again and again, before it is worth to sleep.</summary>
internal struct Spin
{
    // Waking takes some 50 microseconds; the gaps between the steps of a boosting round are mostly shorter than these turns.
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
