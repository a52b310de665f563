using System.Collections;
using System.Runtime.CompilerServices;

namespace FunctionalStack;

/// <summary>
/// An immutable list that compares by its elements, so that records holding lists compare by meaning.
/// <c>default</c> is the empty list.
/// </summary>
[CollectionBuilder(typeof(Values), nameof(Values.Copy))]
public readonly struct Values<T> : IReadOnlyList<T>, IEquatable<Values<T>>
{
    private readonly T[]? items;

    internal Values(T[] items) => this.items = items;

    public int Count => items?.Length ?? 0;

    public T this[int index] => items![index];

    public ReadOnlySpan<T> AsSpan() => items;

    public T[] ToArray() => AsSpan().ToArray();

    /// <summary>The elements at <paramref name="indices"/>, in that order.</summary>
    public Values<T> At(Values<int> indices)
    {
        var taken = new T[indices.Count];
        for (var i = 0; i < taken.Length; i++) taken[i] = this[indices[i]];
        return new(taken);
    }

    public bool Equals(Values<T> other)
    {
        if (ReferenceEquals(items, other.items)) return true;
        return AsSpan().SequenceEqual(other.AsSpan());
    }

    /// <summary>Whether both are the same array, not only equal ones.</summary>
    internal bool IsSame(Values<T> other) => ReferenceEquals(items, other.items);

    public override bool Equals(object? obj) => obj is Values<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Count);
        foreach (var item in AsSpan()) hash.Add(item);
        return hash.ToHashCode();
    }

    public static bool operator ==(Values<T> left, Values<T> right) => left.Equals(right);

    public static bool operator !=(Values<T> left, Values<T> right) => !left.Equals(right);

    public override string ToString() => Count > 8
        ? $"[{string.Join(", ", this.Take(8))}, ... {Count}]"
        : $"[{string.Join(", ", this)}]";

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)(items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public static class Values
{
    public static Values<T> Copy<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    public static Values<T> From<T>(IEnumerable<T> items) => new([.. items]);

    public static Values<T> Of<T>(params T[] items) => new([.. items]);

    /// <summary>Wraps an array without copying it. The caller gives it up: whoever writes to it later breaks a promise.</summary>
    public static Values<T> Own<T>(T[] items) => new(items);

    /// <summary>0, 1, ..., count - 1.</summary>
    public static Values<int> Range(int count) => From(Enumerable.Range(0, count));
}
