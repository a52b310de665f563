namespace FunctionalStack.Learners;

/// <summary>
/// The kernel rows asked for last, so many as memory is given; another takes the place of the one that was asked for longest
/// ago. A row that was forgotten is computed anew with the same bits, so the memory changes nothing but the time.
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

    /// <param name="kernel">The kernel's other side.</param>
    /// <param name="rows">count x columns, row by row.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="bytes">The memory to use; two rows are kept in any case.</param>
    public KernelCache(KernelRows kernel, float[] rows, int count, int columns, long bytes)
    {
        (this.kernel, this.rows, this.columns) = (kernel, rows, columns);
        capacity = (int)Math.Clamp(bytes / sizeof(float) / Math.Max(1, kernel.Stride), 2, Math.Max(2, count));
        kept = new float[count][];
        places = new LinkedListNode<int>[count];
    }

    /// <summary>Row <paramref name="index"/>; it stays as it is until two others have been asked for.</summary>
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
