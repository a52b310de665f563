namespace FunctionalStack.IO;

/// <summary>Bytes that are written once and then copied. Few are kept in memory, many in a temporary file.</summary>
internal sealed class Aside : Stream
{
    private const int Most = 1 << 24;

    private Stream kept = new MemoryStream();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => kept.Length;

    public override long Position { get => kept.Position; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (kept is MemoryStream && kept.Length + buffer.Length > Most)
        {
            var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16,
                FileOptions.DeleteOnClose);
            CopyTo(file);
            kept.Dispose();
            kept = file;
        }

        kept.Write(buffer);
    }

    /// <summary>Copies all bytes.</summary>
    public new void CopyTo(Stream to)
    {
        kept.Position = 0;
        kept.CopyTo(to);
    }

    public override void Flush() => kept.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) kept.Dispose();
        base.Dispose(disposing);
    }
}
