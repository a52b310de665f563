using System.Collections;
using System.Runtime.CompilerServices;

namespace FunctionalStack;

/// <summary>
/// An immutable list that compares by its elements, so that records holding lists compare by meaning.
/// <c>default</c> is the empty list.
/// </summary>
[CollectionBuilder(typeof(EquatableArray), nameof(EquatableArray.Copy))]
public readonly struct EquatableArray<T> : IReadOnlyList<T>, IEquatable<EquatableArray<T>>
{
    private readonly T[]? items;

    internal EquatableArray(T[] items) => this.items = items;

    public int Count => items?.Length ?? 0;

    public T this[int index] => items![index];

    public ReadOnlySpan<T> AsSpan() => items;

    public T[] ToArray() => AsSpan().ToArray();

    /// <summary>The elements at <paramref name="indices"/>, in that order.</summary>
    public EquatableArray<T> At(EquatableArray<int> indices)
    {
        var taken = new T[indices.Count];
        for (var i = 0; i < taken.Length; i++) taken[i] = this[indices[i]];
        return new(taken);
    }

    public bool Equals(EquatableArray<T> other)
    {
        if (ReferenceEquals(items, other.items)) return true;
        return AsSpan().SequenceEqual(other.AsSpan());
    }

    /// <summary>Whether both are the same array, not only equal ones.</summary>
    internal bool IsSame(EquatableArray<T> other) => ReferenceEquals(items, other.items);

    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Count);
        foreach (var item in AsSpan()) hash.Add(item);
        return hash.ToHashCode();
    }

    public static bool operator ==(EquatableArray<T> left, EquatableArray<T> right) => left.Equals(right);

    public static bool operator !=(EquatableArray<T> left, EquatableArray<T> right) => !left.Equals(right);

    public override string ToString() => Count > 8
        ? $"[{string.Join(", ", this.Take(8))}, ... {Count}]"
        : $"[{string.Join(", ", this)}]";

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)(items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public static class EquatableArray
{
    public static EquatableArray<T> Copy<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    public static EquatableArray<T> From<T>(IEnumerable<T> items) => new([.. items]);

    public static EquatableArray<T> Of<T>(params T[] items) => new([.. items]);

    /// <summary>Wraps an array without copying it. The caller gives it up: whoever writes to it later breaks a promise.</summary>
    public static EquatableArray<T> Own<T>(T[] items) => new(items);

    /// <summary>0, 1, ..., count - 1.</summary>
    public static EquatableArray<int> Range(int count) => From(Enumerable.Range(0, count));
}
