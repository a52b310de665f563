using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;

namespace FunctionalStack.Cli.Nets;

/// <summary>Where several nets are trained.</summary>
/// <param name="Backend">On the host they are trained side by side, each on a thread and a backend of its own; on a device one after the other.</param>
/// <param name="Threads">How many at a time on the host.</param>
internal sealed record TrainingPool(IBackend Backend, int Threads)
{
    /// <summary>Does items 0 up to count, each on data of its own.</summary>
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
