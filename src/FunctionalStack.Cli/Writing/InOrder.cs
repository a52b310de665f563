namespace FunctionalStack.Cli.Writing;

/// <summary>Work on a sequence by several threads.</summary>
internal static class InOrder
{
    /// <summary>The results, in the order of the items. At most <paramref name="threads"/> items are worked on at a time, and no item is
    /// read before its turn, so that few items and results are in memory.</summary>
    public static IEnumerable<TResult> Map<T, TResult>(IEnumerable<T> items, Func<T, TResult> work, int threads)
    {
        if (threads == 1)
        {
            foreach (var item in items) yield return work(item);
            yield break;
        }

        var running = new Queue<Task<TResult>>();
        foreach (var item in items)
        {
            running.Enqueue(Task.Run(() => work(item)));
            if (running.Count >= threads) yield return running.Dequeue().GetAwaiter().GetResult();
        }

        while (running.TryDequeue(out var last)) yield return last.GetAwaiter().GetResult();
    }
}
