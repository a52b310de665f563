namespace FunctionalStack.Learners;

/// <summary>
/// A least-recently-used cache of kernel rows. A row that was evicted is recomputed bit-identically,
/// so the cache size affects only the time.
/// </summary>
internal sealed class KernelCache
{
    private readonly KernelRows kernel;
    private readonly float[] rows;
    private readonly int columns;
    private readonly float[]?[] kept;
    private readonly LinkedListNode<int>[] places;
    private readonly LinkedList<int> recent = new();
    private readonly int capacity;

    /// <summary>A cache.</summary>
    /// <param name="kernel">The kernel with all rows.</param>
    /// <param name="rows">count x columns, row-major.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="bytes">The memory to use. At least two rows are kept.</param>
    public KernelCache(KernelRows kernel, float[] rows, int count, int columns, long bytes)
    {
        (this.kernel, this.rows, this.columns) = (kernel, rows, columns);
        capacity = (int)Math.Clamp(bytes / sizeof(float) / Math.Max(1, kernel.Stride), 2, Math.Max(2, count));
        kept = new float[count][];
        places = new LinkedListNode<int>[count];
    }

    /// <summary>Row <paramref name="index"/>. Valid until two other rows have been requested.</summary>
    public float[] this[int index]
    {
        get
        {
            if (kept[index] is { } known)
            {
                recent.Remove(places[index]);
                recent.AddFirst(places[index]);
                return known;
            }

            float[] into;
            if (recent.Count < capacity)
            {
                into = new float[kernel.Stride];
            }
            else
            {
                var oldest = recent.Last!.Value;
                recent.RemoveLast();
                into = kept[oldest]!;
                kept[oldest] = null;
            }

            kernel.Of(rows.AsSpan(index * columns, columns), into);
            kept[index] = into;
            places[index] = recent.AddFirst(index);
            return into;
        }
    }
}
