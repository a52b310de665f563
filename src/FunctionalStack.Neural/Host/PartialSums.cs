namespace FunctionalStack.Neural.Host;

/// <summary>to[i] = the sum of the partial results' elements i, in the order of the partial results. The result is bit-identical for any
/// number of threads.</summary>
internal readonly unsafe struct PartialSums<V, L>(float* partials, int count, int pitch, float* to, int size) : IWork
    where V : struct
    where L : struct, ILanes<V>
{
    // A few kilobytes of each partial result per item: enough to outweigh the overhead of an item, few enough for many threads.
    private const int Chunk = 1024;

    /// <param name="pool">The worker pool that computes it.</param>
    /// <param name="partials">The first partial result.</param>
    /// <param name="count">The number of partial results.</param>
    /// <param name="pitch">Elements from one partial result to the next.</param>
    /// <param name="to">The destination.</param>
    /// <param name="size">The number of elements of the sum.</param>
    public static void Add(WorkerPool pool, float* partials, int count, int pitch, float* to, int size) =>
        pool.Run((size + Chunk - 1) / Chunk, new PartialSums<V, L>(partials, count, pitch, to, size));

    public void Do(int item, int worker)
    {
        var i = item * Chunk;
        var end = Math.Min(i + Chunk, size);
        for (; i + L.Count <= end; i += L.Count)
        {
            var sum = L.Load(partials + i);
            for (var p = 1; p < count; p++) sum = L.Add(sum, L.Load(partials + p * pitch + i));
            L.Store(to + i, sum);
        }

        for (; i < end; i++)
        {
            var sum = partials[i];
            for (var p = 1; p < count; p++) sum += partials[p * pitch + i];
            to[i] = sum;
        }
    }
}
