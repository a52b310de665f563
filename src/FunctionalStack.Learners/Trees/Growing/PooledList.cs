using System.Buffers;

namespace FunctionalStack.Learners;

/// <summary>A list in a borrowed array, so that the memory of earlier trees is reused as it grows.</summary>
internal sealed class PooledList<T> : IDisposable
    where T : unmanaged
{
    private T[] items = ArrayPool<T>.Shared.Rent(1024);

    public int Count { get; private set; }

    public T this[int index]
    {
        get => items[index];
        set => items[index] = value;
    }

    public void Add(T item)
    {
        if (Count == items.Length) Grow(Count + 1);
        items[Count++] = item;
    }

    /// <summary>Appends <paramref name="count"/> zeros and returns them.</summary>
    public Span<T> AddZeros(int count)
    {
        if (Count + count > items.Length) Grow(Count + count);
        var added = items.AsSpan(Count, count);
        added.Clear();
        Count += count;
        return added;
    }

    /// <summary>The last <paramref name="count"/> items.</summary>
    public ReadOnlySpan<T> Last(int count) => items.AsSpan(Count - count, count);

    /// <summary>Removes the last <paramref name="count"/> items.</summary>
    public void RemoveLast(int count) => Count -= count;

    public ReadOnlySpan<T> AsSpan() => items.AsSpan(0, Count);

    public T[] ToArray() => items.AsSpan(0, Count).ToArray();

    public void Dispose()
    {
        ArrayPool<T>.Shared.Return(items);
        items = [];
        Count = 0;
    }

    private void Grow(int least)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(least, items.Length * 2));
        items.AsSpan(0, Count).CopyTo(larger);
        ArrayPool<T>.Shared.Return(items);
        items = larger;
    }
}
