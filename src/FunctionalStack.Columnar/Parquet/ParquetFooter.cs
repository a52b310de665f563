using System.Buffers.Binary;

namespace FunctionalStack.Columnar;

/// <summary>
/// Checks the footer of a Parquet file: a struct of Thrift's compact protocol. Parquet.Net reads the numbers of a footer that ends early for
/// ever. Source: the specification of the compact protocol (Apache Thrift).
/// </summary>
internal static class ParquetFooter
{
    // The length of the footer and "PAR1".
    private const int Tail = 8;

    // Structs of the format are nested to 7 levels.
    private const int Deepest = 32;

    /// <summary>What is wrong with the footer; null for nothing. The stream is at its beginning afterwards.</summary>
    public static string? Fault(Stream file)
    {
        if (file.Length < Tail + 4) return "it is too short";
        var tail = new byte[Tail];
        file.Position = file.Length - Tail;
        file.ReadExactly(tail);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        file.Position = 0;
        if (!tail.AsSpan(4).SequenceEqual("PAR1"u8)) return null;
        if (length > file.Length - Tail - 4) return "its footer is longer than the file";
        var footer = new byte[length];
        file.Position = file.Length - Tail - length;
        file.ReadExactly(footer);
        file.Position = 0;
        var walk = new Walk(footer);
        return walk.Struct(0) && walk.IsAtEnd ? null : "its footer is damaged";
    }

    // Returns false where a value goes beyond the end, or has a type that does not exist.
    private ref struct Walk(ReadOnlySpan<byte> bytes)
    {
        private readonly ReadOnlySpan<byte> bytes = bytes;
        private int at;

        public readonly bool IsAtEnd => at == bytes.Length;

        public bool Struct(int depth)
        {
            if (depth > Deepest) return false;
            while (at < bytes.Length)
            {
                var head = bytes[at++];
                if (head == 0) return true;
                if (head >> 4 == 0 && !Number(out _)) return false;
                if (!Value(head & 15, depth, inList: false)) return false;
            }

            return false;
        }

        private bool Value(int type, int depth, bool inList) => type switch
        {
            // The value of a boolean field is its type.
            1 or 2 => !inList || Skip(1),
            3 => Skip(1),
            4 or 5 or 6 => Number(out _),
            7 => Skip(8),
            8 => Number(out var length) && Skip(length),
            9 or 10 => List(depth + 1),
            12 => Struct(depth + 1),
            _ => false,
        };

        private bool List(int depth)
        {
            if (depth > Deepest || at >= bytes.Length) return false;
            var head = bytes[at++];
            ulong count = (uint)head >> 4;
            if (count == 15 && !Number(out count)) return false;

            // Each element takes at least a byte.
            if (count > (ulong)(bytes.Length - at)) return false;
            for (var i = 0UL; i < count; i++)
            {
                if (!Value(head & 15, depth, inList: true)) return false;
            }

            return true;
        }

        private bool Number(out ulong value)
        {
            value = 0;
            for (var shift = 0; shift < 70 && at < bytes.Length; shift += 7)
            {
                var one = bytes[at++];
                value |= (ulong)(one & 127) << shift;
                if (one < 128) return true;
            }

            return false;
        }

        private bool Skip(ulong count)
        {
            if (count > (ulong)(bytes.Length - at)) return false;
            at += (int)count;
            return true;
        }
    }
}
