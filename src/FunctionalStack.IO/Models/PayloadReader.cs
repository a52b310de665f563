using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FunctionalStack.IO;

/// <summary>
/// Reads what <see cref="PayloadWriter"/> wrote. It rejects lengths that exceed the remaining bytes, and limits the memory of the
/// created objects.
/// </summary>
internal sealed class PayloadReader(Action<Span<byte>> fill, long length, long memory)
{
    private int depth;
    private long memory = memory;

    public long Remaining { get; private set; } = length;

    /// <summary>The file's type table, after it has been read.</summary>
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

    public bool ReadBoolean() => ReadByte() is var value && value <= 1 ? value == 1 : throw Refusal.Damaged($"a boolean is {value}");

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

    public string ReadString()
    {
        Take(0, 24);
        return new(ReadAll<char>(ReadCount(sizeof(char))));
    }

    /// <summary>Accounts for the memory of created objects other than numbers, in bytes.</summary>
    public void Make(long bytes) => Take(0, bytes);

    /// <summary>The number of elements that follow, of at least <paramref name="leastBytes"/> each.</summary>
    public int ReadCount(int leastBytes)
    {
        var count = ReadInt32();
        return count >= 0 && (long)count * leastBytes <= Remaining
            ? count
            : throw Refusal.Damaged($"a list's length is {(uint)count} elements, but only {Remaining} bytes are left");
    }

    public T[] ReadAll<T>(int count) where T : unmanaged
    {
        Take(0, (long)count * System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
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

    private void Take(int count, long made = 0)
    {
        if (made > memory) throw Refusal.Damaged("it would need far more memory than its size allows");
        memory -= made;
        if (count > Remaining) throw Refusal.Damaged($"a value needs {count} bytes, but only {Remaining} are left");
        Remaining -= count;
    }
}
