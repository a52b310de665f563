using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;

namespace FunctionalStack.Demos;

/// <summary>Trains several nets, in parallel on the host or in turn on a device.</summary>
/// <param name="Backend">The backend. On the host every net gets one thread and its own backend; on a device the nets are trained
/// sequentially.</param>
/// <param name="Threads">The number of nets trained in parallel on the host.</param>
public sealed record TrainingPool(IBackend Backend, int Threads)
{
    /// <summary>Runs <paramref name="todo"/> for the items 0 to <paramref name="count"/> - 1. The items must not share state.</summary>
    public void Each(int count, CancellationToken cancellation, Action<IBackend, int> todo)
    {
        if (Backend is not HostBackend)
        {
            for (var i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                todo(Backend, i);
            }

            return;
        }

        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = cancellation }, i =>
            {
                using var own = new HostBackend(1);
                todo(own, i);
            });
        }
        catch (AggregateException all) when (all.InnerExceptions.All(one => one is OperationCanceledException))
        {
            throw new OperationCanceledException(cancellation);
        }
    }
}
