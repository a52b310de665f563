using System.Buffers;

namespace FunctionalStack.Serving;

/// <summary>A growing buffer from the pool. Dispose it when its content is written.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int First = 2048;

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(First);
    private int count;

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, count);

    /// <summary>A stream that writes into the buffer.</summary>
    public Stream Stream => new Writing(this);

    public void Advance(int more) => count += more;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return bytes.AsMemory(count);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }

    private void Reserve(int more)
    {
        if (bytes.Length - count >= more) return;
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(2L * bytes.Length, (long)count + more), Array.MaxLength));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }

    private sealed class Writing(PooledBuffer to) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => to.count;

        public override long Position { get => to.count; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            to.Reserve(buffer.Length);
            buffer.CopyTo(to.bytes.AsSpan(to.count));
            to.count += buffer.Length;
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
