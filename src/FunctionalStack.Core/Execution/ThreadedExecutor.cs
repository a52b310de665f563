using System.Runtime.ExceptionServices;

namespace FunctionalStack;

/// <summary>
/// A fixed number of threads run ready tasks within the budget, those with the longest remaining path first. A thread
/// without a task helps with the parts of other threads' fits. If there are none, it soon sleeps.
/// </summary>
internal sealed class ThreadedExecutor : IExecutor
{
    private readonly int threads;

    public ThreadedExecutor(int threads, Budget? budget = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (this.threads, Budget) = (threads, budget ?? Budget.None);
    }

    public Budget Budget { get; }

    public void Run(FitGraph graph, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var run = new Running(graph.Tasks, new(graph.Tasks, Budget), threads, progress, cancellation);
        var helpers = Enumerable.Range(1, threads - 1).Select(_ => new Thread(run.Work) { IsBackground = true }).ToArray();
        foreach (var helper in helpers) helper.Start();
        run.Work();
        foreach (var helper in helpers) helper.Join();
        run.ThrowIfFailed();
    }

    private sealed class Running
    {
        private readonly object gate = new();
        private readonly Admission ready;
        private readonly List<FitTask>[] usedBy;
        private readonly int[] waitingFor;
        private readonly int[] depth;
        private readonly IProgress<FitProgress>? progress;
        private readonly CancellationToken cancellation;
        private readonly WorkSharing work;
        private readonly SharedWork? shared;
        private readonly int total;
        private int unfinished;
        private int done;
        private int sleeping;
        private Exception? failure;

        // Incremented whenever a task may be available to a thread that has none.
        private volatile int version;

        public Running(IReadOnlyList<FitTask> tasks, Admission ready, int threads, IProgress<FitProgress>? progress,
            CancellationToken cancellation)
        {
            (this.ready, this.progress, this.cancellation, unfinished) = (ready, progress, cancellation, tasks.Count);
            work = threads == 1 ? WorkSharing.Until(cancellation) : shared = new SharedWork(Wake, cancellation);
            total = tasks.Count(task => task.Counted);
            usedBy = [.. tasks.Select(_ => new List<FitTask>())];
            waitingFor = [.. tasks.Select(task => task.Needs.Count)];
            depth = new int[tasks.Count];
            foreach (var task in tasks)
            {
                foreach (var need in task.Needs) usedBy[need.Number].Add(task);
            }

            for (var i = tasks.Count - 1; i >= 0; i--)
            {
                depth[i] = (tasks[i].Counted ? 1 : 0) + usedBy[i].Select(user => depth[user.Number]).DefaultIfEmpty().Max();
            }

            foreach (var task in tasks.Where(task => task.Needs.Count == 0)) Enqueue(task);
        }

        public void Work()
        {
            while (true)
            {
                try
                {
                    var (task, ended, seen) = Next();
                    if (ended) return;
                    if (task is null)
                    {
                        Help(seen);
                        continue;
                    }

                    task.Run(work);
                    Finish(task);
                }
                catch (Exception exception)
                {
                    Stop(exception);
                }
            }
        }

        public void ThrowIfFailed()
        {
            if (failure is not null) ExceptionDispatchInfo.Throw(failure);
        }

        private (FitTask? Task, bool Ended, int Version) Next()
        {
            lock (gate)
            {
                if (failure is null && unfinished > 0 && cancellation.IsCancellationRequested)
                    failure = new OperationCanceledException(cancellation);
                if (failure is not null || unfinished == 0)
                {
                    Changed();
                    return (null, true, version);
                }

                return (ready.Take(), false, version);
            }
        }

        /// <summary>Waits for a task: helps other threads, spins or sleeps.</summary>
        private void Help(int seen)
        {
            shared?.BeginIdle();
            for (var spin = new Spin(); version == seen;)
            {
                if (shared?.Help() == true) spin = new();
                else if (!spin.Once()) Sleep(seen);
            }

            shared?.EndIdle();
        }

        // A thread that opens a step first makes it visible and then looks for sleepers. Here the order is reversed, so that
        // one of the two sees the other.
        private void Sleep(int seen)
        {
            lock (gate)
            {
                Interlocked.Increment(ref sleeping);
                if (version == seen && shared?.HasParts != true) Monitor.Wait(gate);
                Interlocked.Decrement(ref sleeping);
            }
        }

        private void Wake()
        {
            if (Volatile.Read(ref sleeping) == 0) return;
            lock (gate) Monitor.PulseAll(gate);
        }

        private void Finish(FitTask task)
        {
            lock (gate)
            {
                unfinished--;
                ready.Finished(task);
                foreach (var user in usedBy[task.Number])
                {
                    if (--waitingFor[user.Number] == 0) Enqueue(user);
                }

                // Reported inside the lock, so that counts arrive in order.
                if (task.Counted) progress?.Report(new(++done, total, task.Label));
                Changed();
            }
        }

        private void Stop(Exception exception)
        {
            lock (gate)
            {
                failure ??= exception;
                Changed();
            }
        }

        private void Changed()
        {
            version++;
            Monitor.PulseAll(gate);
        }

        private void Enqueue(FitTask task) => ready.Add(task, (task.Stage, -depth[task.Number], task.Number));
    }
}
