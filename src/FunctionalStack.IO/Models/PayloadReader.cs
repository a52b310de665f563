using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FunctionalStack.IO;

/// <summary>Reads what <see cref="PayloadWriter"/> wrote; believes no length that the bytes left could not hold.</summary>
internal sealed class PayloadReader(Action<Span<byte>> fill, long length)
{
    private int depth;

    public long Remaining { get; private set; } = length;

    /// <summary>The file's type table, once it is read.</summary>
    public IReadOnlyList<FiledLayout> Layouts { get; set; } = [];

    public void Read(Span<byte> bytes)
    {
        Take(bytes.Length);
        fill(bytes);
    }

    public byte ReadByte()
    {
        Span<byte> bytes = stackalloc byte[1];
        Read(bytes);
        return bytes[0];
    }

    public bool ReadBoolean() => ReadByte() is var value && value <= 1 ? value == 1 : throw Refusal.Damaged($"a truth value is {value}");

    public int ReadInt32()
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        Read(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    public long ReadInt64()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        Read(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    public string ReadString() => new(ReadAll<char>(ReadCount(sizeof(char))));

    /// <summary>How many elements follow, of at least <paramref name="leastBytes"/> each.</summary>
    public int ReadCount(int leastBytes)
    {
        var count = ReadInt32();
        return count >= 0 && (long)count * leastBytes <= Remaining
            ? count
            : throw Refusal.Damaged($"a list claims {(uint)count} elements, but only {Remaining} bytes are left");
    }

    public T[] ReadAll<T>(int count) where T : unmanaged
    {
        var elements = new T[count];
        var bytes = MemoryMarshal.AsBytes(elements.AsSpan());
        Read(bytes);
        if (!BitConverter.IsLittleEndian) Endian.Turned(bytes, count).CopyTo(bytes);
        return elements;
    }

    public T Nested<T>(Func<T> read)
    {
        if (++depth > RecordCodec.MaxDepth) throw Refusal.Damaged($"records are nested more than {RecordCodec.MaxDepth} deep");
        var value = read();
        depth--;
        return value;
    }

    private void Take(int count)
    {
        if (count > Remaining) throw Refusal.Damaged($"a value needs {count} bytes, but only {Remaining} are left");
        Remaining -= count;
    }
}
