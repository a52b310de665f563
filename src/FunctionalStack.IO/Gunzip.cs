using System.IO.Compression;

namespace FunctionalStack.IO;

/// <summary>
/// Decompression that detects truncated files and trailing data. <see cref="GZipStream"/> ends at the end of the file even if the
/// checksum is cut off, and ignores anything that follows. Here an additional gzip member (RFC 1952 allows several) is appended
/// when reading: a truncated file reads the member's bytes as its own and fails its checksum. After a complete file the member's
/// content appears, unless there is other data before it.
/// </summary>
internal static class Gunzip
{
    private static readonly byte[] mark = [0x8B, 0x1F, 0xA5, 0x5A, 0xC3, 0x3C, 0x96, 0x69];
    private static readonly byte[] member = Compressed(mark);

    /// <summary>
    /// The content of the file. Reading throws <see cref="InvalidDataException"/> if it is damaged, ends early, or is followed by
    /// other data.
    /// </summary>
    public static Stream Open(Stream file) => new Content(new GZipStream(new Followed(file), CompressionMode.Decompress));

    private static byte[] Compressed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true)) gzip.Write(content);
        return packed.ToArray();
    }

    /// <summary>The file followed by the member.</summary>
    private sealed class Followed(Stream file) : ReadOnlyStream(file)
    {
        private int done;

        public override int Read(Span<byte> buffer)
        {
            var read = Source.Read(buffer);
            if (read > 0) return read;
            read = Math.Min(buffer.Length, member.Length - done);
            member.AsSpan(done, read).CopyTo(buffer);
            done += read;
            return read;
        }
    }

    /// <summary>The content without the marker at its end.</summary>
    private sealed class Content(Stream content) : ReadOnlyStream(content)
    {
        // Bytes that may be the marker are returned only when more have arrived.
        private readonly byte[] kept = new byte[mark.Length];
        private int count;
        private bool ended;

        public override int Read(Span<byte> buffer)
        {
            if (ended || buffer.IsEmpty) return 0;
            count += Source.ReadAtLeast(kept.AsSpan(count), kept.Length - count, throwOnEndOfStream: false);
            var more = count < kept.Length ? 0 : Source.Read(buffer);
            if (more == 0)
            {
                ended = true;
                return count == kept.Length && kept.AsSpan().SequenceEqual(mark) ? 0
                    : throw new InvalidDataException("the file ends early, or other data follows its end");
            }

            Span<byte> all = stackalloc byte[2 * kept.Length];
            if (more < kept.Length)
            {
                kept.CopyTo(all);
                buffer[..more].CopyTo(all[kept.Length..]);
                all[..more].CopyTo(buffer);
                all.Slice(more, kept.Length).CopyTo(kept);
                return more;
            }

            var tail = all[..kept.Length];
            buffer[(more - kept.Length)..more].CopyTo(tail);
            buffer[..(more - kept.Length)].CopyTo(buffer[kept.Length..]);
            kept.CopyTo(buffer);
            tail.CopyTo(kept);
            return more;
        }
    }

    private abstract class ReadOnlyStream(Stream source) : Stream
    {
        protected Stream Source => source;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) source.Dispose();
            base.Dispose(disposing);
        }
    }
}
