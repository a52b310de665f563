using System.Runtime.ExceptionServices;

namespace FunctionalStack;

/// <summary>A fixed number of threads takes ready tasks, those with the longest way still to go first, as far as the budget admits them.</summary>
internal sealed class ThreadedExecutor : IExecutor
{
    private readonly int threads;
    private readonly Budget budget;

    public ThreadedExecutor(int threads, Budget? budget = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (this.threads, this.budget) = (threads, budget ?? Budget.None);
    }

    public void Run(FitGraph graph, IProgress<FitProgress>? progress, CancellationToken cancellation)
    {
        var run = new Running(graph.Tasks, new(graph.Tasks, budget), progress, cancellation);
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
        private readonly int total;
        private int unfinished;
        private int done;
        private Exception? failure;

        public Running(IReadOnlyList<FitTask> tasks, Admission ready, IProgress<FitProgress>? progress, CancellationToken cancellation)
        {
            (this.ready, this.progress, this.cancellation, unfinished) = (ready, progress, cancellation, tasks.Count);
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
            while (Next() is { } task)
            {
                try
                {
                    task.Run();
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

        private FitTask? Next()
        {
            lock (gate)
            {
                while (true)
                {
                    if (failure is null && unfinished > 0 && cancellation.IsCancellationRequested) failure = new OperationCanceledException(cancellation);
                    if (failure is not null || unfinished == 0)
                    {
                        Monitor.PulseAll(gate);
                        return null;
                    }

                    if (ready.Take() is { } task) return task;
                    Monitor.Wait(gate);
                }
            }
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
                Monitor.PulseAll(gate);
            }
        }

        private void Stop(Exception exception)
        {
            lock (gate)
            {
                failure ??= exception;
                Monitor.PulseAll(gate);
            }
        }

        private void Enqueue(FitTask task) => ready.Add(task, (-depth[task.Number], task.Number));
    }
}
