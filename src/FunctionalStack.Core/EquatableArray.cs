using System.Collections;
using System.Runtime.CompilerServices;

namespace FunctionalStack;

/// <summary>
/// An immutable list with structural equality, so that records containing lists compare by value.
/// <c>default</c> is the empty list.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[CollectionBuilder(typeof(EquatableArray), nameof(EquatableArray.Copy))]
public readonly struct EquatableArray<T> : IReadOnlyList<T>, IEquatable<EquatableArray<T>>
{
    private readonly T[]? items;

    internal EquatableArray(T[] items) => this.items = items;

    /// <summary>The number of elements.</summary>
    public int Count => items?.Length ?? 0;

    /// <summary>The element at <paramref name="index"/>.</summary>
    public T this[int index] => items![index];

    /// <summary>The elements as a span, without copying.</summary>
    public ReadOnlySpan<T> AsSpan() => items;

    /// <summary>A copy of the elements.</summary>
    public T[] ToArray() => AsSpan().ToArray();

    /// <summary>The elements at <paramref name="indices"/>, in that order.</summary>
    public EquatableArray<T> At(EquatableArray<int> indices)
    {
        var taken = new T[indices.Count];
        for (var i = 0; i < taken.Length; i++) taken[i] = this[indices[i]];
        return new(taken);
    }

    /// <inheritdoc/>
    public bool Equals(EquatableArray<T> other)
    {
        if (ReferenceEquals(items, other.items)) return true;
        return AsSpan().SequenceEqual(other.AsSpan());
    }

    /// <summary>Whether both share the same array.</summary>
    internal bool IsSame(EquatableArray<T> other) => ReferenceEquals(items, other.items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Count);
        foreach (var item in AsSpan()) hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>Whether both have equal elements in the same order.</summary>
    public static bool operator ==(EquatableArray<T> left, EquatableArray<T> right) => left.Equals(right);

    /// <summary>Whether any element or the length differs.</summary>
    public static bool operator !=(EquatableArray<T> left, EquatableArray<T> right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => Count > 8
        ? $"[{string.Join(", ", this.Take(8))}, ... {Count}]"
        : $"[{string.Join(", ", this)}]";

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)(items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>Creates <see cref="EquatableArray{T}"/>.</summary>
public static class EquatableArray
{
    /// <summary>A list with a copy of <paramref name="items"/>.</summary>
    public static EquatableArray<T> Copy<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    /// <summary>A list of the elements of a sequence.</summary>
    public static EquatableArray<T> From<T>(IEnumerable<T> items) => new([.. items]);

    /// <summary>A list of these elements.</summary>
    public static EquatableArray<T> Of<T>(params T[] items) => new([.. items]);

    /// <summary>Wraps an array without copying it. The caller must not write to the array afterwards.</summary>
    public static EquatableArray<T> Own<T>(T[] items) => new(items);

    /// <summary>0, 1, ..., count - 1.</summary>
    public static EquatableArray<int> Range(int count) => From(Enumerable.Range(0, count));
}
