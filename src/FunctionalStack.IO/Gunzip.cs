using System.IO.Compression;

namespace FunctionalStack.IO;

/// <summary>
/// Decompression that tells a truncated file. <see cref="GZipStream"/> takes the end of the file for the end of the content,
/// even where the checksum behind it is cut off; so an empty member (RFC 1952 allows several) is read behind the file: a
/// whole file is followed by nothing, and a truncated one takes the member's bytes for its own and fails its checksum.
/// </summary>
internal static class Gunzip
{
    private static readonly byte[] empty = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>What the file holds; reading throws <see cref="InvalidDataException"/> where it is damaged or ends early.</summary>
    public static Stream Open(Stream file) => new GZipStream(new Followed(file), CompressionMode.Decompress);

    /// <summary>A file, and then the empty member.</summary>
    private sealed class Followed(Stream file) : Stream
    {
        private int done;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var read = file.Read(buffer);
            if (read > 0) return read;
            read = Math.Min(buffer.Length, empty.Length - done);
            empty.AsSpan(done, read).CopyTo(buffer);
            done += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) file.Dispose();
            base.Dispose(disposing);
        }
    }
}
