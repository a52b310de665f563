using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FunctionalStack.IO;

/// <summary>Writes the numbers and texts of a payload, little-endian. Without a destination it only counts bytes and collects record
/// types.</summary>
internal sealed class PayloadWriter(Action<ReadOnlySpan<byte>>? put)
{
    private readonly Dictionary<RecordLayout, int> numbers = [];
    private readonly List<RecordLayout> layouts = [];
    private int depth;

    public long Written { get; private set; }

    /// <summary>The record types so far, in order of first use.</summary>
    public IReadOnlyList<RecordLayout> Layouts => layouts;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Written += bytes.Length;
        put?.Invoke(bytes);
    }

    public void Write(bool value) => Write([value ? (byte)1 : (byte)0]);

    public void Write(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Write(bytes);
    }

    public void Write(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        Write(bytes);
    }

    /// <summary>UTF-16 code units rather than UTF-8, so that any string is preserved, including lone surrogates.</summary>
    public void Write(string text)
    {
        Write(text.Length);
        WriteAll(text.AsSpan());
    }

    /// <summary>The elements as in memory; on a big-endian machine the bytes of each are reversed.</summary>
    public void WriteAll<T>(ReadOnlySpan<T> elements) where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(elements);
        if (BitConverter.IsLittleEndian) Write(bytes);
        else Write(Endian.Turned(bytes, elements.Length));
    }

    public int NumberOf(RecordLayout layout)
    {
        if (!numbers.TryGetValue(layout, out var number))
        {
            numbers[layout] = number = layouts.Count;
            layouts.Add(layout);
        }

        return number;
    }

    public void Nested(Action write)
    {
        if (++depth > RecordCodec.MaxDepth)
            throw new Refusal($"the model is nested more than {RecordCodec.MaxDepth} records deep", "Use fewer levels.");
        write();
        depth--;
    }
}

internal static class Endian
{
    public static byte[] Turned(ReadOnlySpan<byte> bytes, int elements)
    {
        var turned = bytes.ToArray();
        var size = elements == 0 ? 1 : bytes.Length / elements;
        for (var at = 0; at < turned.Length; at += size) turned.AsSpan(at, size).Reverse();
        return turned;
    }
}
