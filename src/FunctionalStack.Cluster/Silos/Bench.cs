using System.Collections.Concurrent;

namespace FunctionalStack.Cluster.Silos;

/// <summary>Makes fits on threads of its own, one for each core, so that the threads of the silo stay free to answer.</summary>
internal sealed class Bench : IDisposable
{
    private readonly BlockingCollection<Action> waiting = [];
    private int running;
    private long made;

    public Bench(int cores)
    {
        Cores = cores;
        for (var i = 0; i < cores; i++) new Thread(Work) { IsBackground = true, Name = $"fit {i}" }.Start();
    }

    public int Cores { get; }

    public int Running => Volatile.Read(ref running);

    public int Waiting => waiting.Count;

    public long Made => Interlocked.Read(ref made);

    /// <summary>Runs the work when a thread is free.</summary>
    public Task<T> Run<T>(Func<T> work, CancellationToken stop)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add(() =>
        {
            Interlocked.Increment(ref running);
            try
            {
                stop.ThrowIfCancellationRequested();
                done.SetResult(work());
                Interlocked.Increment(ref made);
            }
            catch (OperationCanceledException)
            {
                done.SetCanceled(stop);
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        }, CancellationToken.None);
        return done.Task;
    }

    public void Dispose() => waiting.CompleteAdding();

    private void Work()
    {
        foreach (var work in waiting.GetConsumingEnumerable()) work();
    }
}
