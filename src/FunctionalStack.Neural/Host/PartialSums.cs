namespace FunctionalStack.Neural.Host;

/// <summary>to[i] = the sum of partial results' numbers i, in the order of the partials: the same bits on any number of threads.</summary>
internal readonly unsafe struct PartialSums<V, L>(float* partials, int count, int pitch, float* to, int size) : IWork
    where V : struct
    where L : struct, ILanes<V>
{
    // A few kilobytes of each partial an item: enough to outweigh handing it out, few enough for many threads.
    private const int Chunk = 1024;

    /// <param name="pool">Who adds.</param>
    /// <param name="partials">The first partial result.</param>
    /// <param name="count">How many.</param>
    /// <param name="pitch">Numbers from one to the next.</param>
    /// <param name="to">Where the sum goes.</param>
    /// <param name="size">Numbers in it.</param>
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
