using System.Buffers.Binary;
using System.Text;

namespace FunctionalStack.Onnx;

/// <summary>
/// A protobuf message: its fields in the order in which they are added. A nested message must be complete when it is added. Its pieces are
/// shared, not copied.
/// </summary>
internal sealed class Message
{
    private const int Varint = 0;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    private readonly List<ReadOnlyMemory<byte>> pieces = [];

    /// <summary>The number of bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Adds an integer.</summary>
    public Message Add(int field, long number) => Put(Number(field << 3 | Varint), Number((ulong)number));

    /// <summary>Adds a single-precision number.</summary>
    public Message Add(int field, float number)
    {
        var bytes = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, number);
        return Put(Number(field << 3 | Fixed32), bytes);
    }

    /// <summary>Adds a string, as UTF-8.</summary>
    public Message Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

    /// <summary>Adds bytes. They must not change afterwards.</summary>
    public Message Add(int field, ReadOnlyMemory<byte> bytes) => Put(Number(field << 3 | Bytes), Number((ulong)bytes.Length), bytes);

    /// <summary>Adds a nested message.</summary>
    public Message Add(int field, Message nested)
    {
        Put(Number(field << 3 | Bytes), Number((ulong)nested.Length));
        pieces.AddRange(nested.pieces);
        Length += nested.Length;
        return this;
    }

    /// <summary>Adds integers, packed.</summary>
    public Message Add(int field, IEnumerable<long> numbers)
    {
        var packed = new MemoryStream();
        foreach (var number in numbers) packed.Write(Number((ulong)number));
        return Add(field, packed.ToArray());
    }

    /// <summary>Writes the message, without its length.</summary>
    public void WriteTo(Stream stream)
    {
        foreach (var piece in pieces) stream.Write(piece.Span);
    }

    private static byte[] Number(int number) => Number((ulong)number);

    private static byte[] Number(ulong number)
    {
        var bytes = new byte[10];
        var count = 0;
        for (; number >= 0x80; number >>= 7) bytes[count++] = (byte)(number | 0x80);
        bytes[count++] = (byte)number;
        return bytes[..count];
    }

    private Message Put(params ReadOnlySpan<ReadOnlyMemory<byte>> added)
    {
        foreach (var piece in added)
        {
            pieces.Add(piece);
            Length += piece.Length;
        }

        return this;
    }
}
