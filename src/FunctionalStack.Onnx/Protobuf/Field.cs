using System.Buffers.Binary;
using System.Text;

namespace FunctionalStack.Onnx;

/// <summary>A field of a protobuf message that is read. Nothing is copied: its bytes are a part of the file's.</summary>
/// <param name="Number">The number of the field.</param>
/// <param name="Value">An integer, or the bits of a number.</param>
/// <param name="Bytes">A text, a nested message or packed numbers.</param>
/// <param name="IsBytes">Whether it has bytes; otherwise it has a value.</param>
internal readonly record struct Field(int Number, ulong Value, ReadOnlyMemory<byte> Bytes, bool IsBytes)
{
    private const int Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5;
    private const int LongestVarint = 10;

    private static readonly UTF8Encoding text = new(false, throwOnInvalidBytes: true);

    public string Text
    {
        get
        {
            try
            {
                return text.GetString(Bytes.Span);
            }
            catch (ArgumentException)
            {
                throw UnreadableException.Damaged("a text is not UTF-8");
            }
        }
    }

    public long Int64 => (long)Value;

    public float Single => BitConverter.UInt32BitsToSingle((uint)Value);

    /// <summary>The fields of a message, in order. Lengths are checked against what is left before they are used.</summary>
    public static IEnumerable<Field> Of(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Number64(message.Span, ref at);
            var number = key >> 3;
            if (number is 0 or > 536_870_911) throw UnreadableException.Damaged("a field has no valid number");
            switch ((int)(key & 7))
            {
                case Varint:
                    yield return new((int)number, Number64(message.Span, ref at), default, false);
                    break;
                case Fixed64:
                    yield return new((int)number, BinaryPrimitives.ReadUInt64LittleEndian(Next(message, ref at, 8).Span), default, false);
                    break;
                case Fixed32:
                    yield return new((int)number, BinaryPrimitives.ReadUInt32LittleEndian(Next(message, ref at, 4).Span), default, false);
                    break;
                case Delimited:
                    var length = Number64(message.Span, ref at);
                    yield return new((int)number, 0, Next(message, ref at, length), true);
                    break;
                default:
                    throw UnreadableException.Damaged("a field has an unknown kind");
            }
        }
    }

    /// <summary>The integers of a repeated field: one, or many packed.</summary>
    public IEnumerable<long> Integers()
    {
        if (!IsBytes)
        {
            yield return Int64;
            yield break;
        }

        for (var at = 0; at < Bytes.Length;) yield return (long)Number64(Bytes.Span, ref at);
    }

    /// <summary>The bits of the numbers of a repeated field of <paramref name="width"/> bytes each: one, or many packed.</summary>
    public IEnumerable<ulong> Bits(int width)
    {
        if (!IsBytes)
        {
            yield return Value;
            yield break;
        }

        if (Bytes.Length % width != 0) throw UnreadableException.Damaged("numbers are cut off");
        for (var at = 0; at < Bytes.Length; at += width)
            yield return width == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(Bytes.Span[at..])
                : BinaryPrimitives.ReadUInt32LittleEndian(Bytes.Span[at..]);
    }

    private static ReadOnlyMemory<byte> Next(ReadOnlyMemory<byte> message, ref int at, ulong length)
    {
        if (length > (ulong)(message.Length - at)) throw UnreadableException.Damaged("a part is longer than what is left of the file");
        var next = message.Slice(at, (int)length);
        at += (int)length;
        return next;
    }

    private static ulong Number64(ReadOnlySpan<byte> bytes, ref int at)
    {
        var number = 0UL;
        for (var place = 0; place < LongestVarint; place++)
        {
            if (at == bytes.Length) break;
            var one = bytes[at++];
            number |= (ulong)(one & 0x7F) << (7 * place);
            if (one < 0x80) return number;
        }

        throw UnreadableException.Damaged("an integer has no end");
    }
}
