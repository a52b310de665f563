using System.Buffers.Binary;
using System.IO.Compression;

namespace FunctionalStack.IO;

/// <summary>
/// A payload in blocks. Each block is compressed separately (Brotli, RFC 7932), or stored uncompressed if compression gains
/// nothing. The writer holds one block in memory, and the reader two, since another thread decompresses the next. A block is its
/// stored length, then that many bytes.
/// </summary>
internal static class Blocks
{
    /// <summary>The payload bytes per block; the last block has the rest.</summary>
    public const int Length = 1 << 20;

    /// <summary>A file's payload is at most this many times the file's size, so that a small file cannot exhaust the memory.</summary>
    public const int MostFold = 64;

    // The fastest quality: 0.24 of the bytes of a stack of forests. The next takes 1.5 times as long for 0.21, the fifth 5 times as long
    // for 0.17.
    private const int Quality = 1;
    private const int Window = 22;

    /// <summary>The position after a payload's blocks, from their lengths alone. It may be beyond the stream's end.</summary>
    public static long EndOf(Stream stream, long start, long length)
    {
        Span<byte> prefix = stackalloc byte[sizeof(int)];
        var at = start;
        for (var left = length; left > 0; left -= Length)
        {
            if (at + sizeof(int) > stream.Length) return at + sizeof(int);
            stream.Position = at;
            stream.ReadExactly(prefix);
            at += sizeof(int) + (long)BinaryPrimitives.ReadUInt32LittleEndian(prefix);
        }

        return at;
    }

    /// <summary>Splits what is written into blocks.</summary>
    public sealed class Writer(Stream stream)
    {
        private readonly byte[] plain = new byte[Length];
        private readonly byte[] packed = new byte[sizeof(int) + Length];
        private int count;

        public void Write(ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length > 0)
            {
                var taken = Math.Min(bytes.Length, Length - count);
                bytes[..taken].CopyTo(plain.AsSpan(count));
                bytes = bytes[taken..];
                count += taken;
                if (count == Length) Flush();
            }
        }

        /// <summary>Writes the last block.</summary>
        public void Flush()
        {
            if (count == 0) return;
            var block = plain.AsSpan(0, count);
            // The buffer is one byte smaller than the uncompressed block: a block that does not shrink is not compressed.
            if (!BrotliEncoder.TryCompress(block, packed.AsSpan(sizeof(int), count - 1), out var length, Quality, Window)
                || (long)length * MostFold < count)
            {
                block.CopyTo(packed.AsSpan(sizeof(int)));
                length = count;
            }

            BinaryPrimitives.WriteInt32LittleEndian(packed, length);
            stream.Write(packed, 0, sizeof(int) + length);
            count = 0;
        }
    }

    /// <summary>Reads a payload of <paramref name="length"/> bytes whose first block begins at the stream's position.</summary>
    public sealed class Reader(Stream stream, long length)
    {
        private readonly byte[] packed = new byte[Math.Min(length, Length)];
        private byte[] plain = [];
        private byte[] spare = new byte[Math.Min(length, Length)];
        private Task<int>? ahead;
        private long left = length;
        private int at;
        private int count;

        /// <exception cref="Refusal">A block does not have its declared content.</exception>
        public void ReadExactly(Span<byte> bytes)
        {
            while (bytes.Length > 0)
            {
                if (at == count) Next();
                var taken = Math.Min(bytes.Length, count - at);
                plain.AsSpan(at, taken).CopyTo(bytes);
                bytes = bytes[taken..];
                at += taken;
            }
        }

        private void Next()
        {
            if (ahead is null && left == 0) throw Refusal.Damaged("its blocks are too short");
            var isFirst = plain.Length == 0;
            var (used, next) = (plain, spare);
            (at, count) = (0, (ahead ?? Read(next)).GetAwaiter().GetResult());
            (plain, spare) = (next, isFirst && left > 0 ? new byte[Math.Min(left, Length)] : used);

            // Who reads only the beginning needs no second block.
            ahead = isFirst || left == 0 ? null : Read(spare);
        }

        // Reads the next block, and decompresses it on another thread. The stream is used by one thread only.
        private Task<int> Read(byte[] into)
        {
            var size = (int)Math.Min(left, Length);
            left -= size;
            Span<byte> prefix = stackalloc byte[sizeof(int)];
            stream.ReadExactly(prefix);
            var stored = BinaryPrimitives.ReadUInt32LittleEndian(prefix);
            if (stored > size) throw Refusal.Damaged($"a block of {size} bytes takes {stored} in the file");
            stream.ReadExactly(stored == size ? into : packed, 0, (int)stored);
            return stored == size ? Task.FromResult(size) : Task.Run(() =>
                BrotliDecoder.TryDecompress(packed.AsSpan(0, (int)stored), into.AsSpan(0, size), out var written) && written == size
                    ? size : throw Refusal.Damaged($"a block does not have its {size} bytes"));
        }
    }
}
