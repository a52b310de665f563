using System.Diagnostics.CodeAnalysis;

namespace FunctionalStack.IO;

/// <summary>Compares strings as UTF-8, without a copy for lookups.</summary>
internal sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode([DisallowNull] byte[] text) => GetHashCode(text.AsSpan());

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = 2166136261u;
        foreach (var octet in alternate) hash = (hash ^ octet) * 16777619u;
        return (int)hash;
    }

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
