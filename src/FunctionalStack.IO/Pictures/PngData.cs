namespace FunctionalStack.IO;

/// <summary>The compressed image data of a PNG file.</summary>
internal sealed class PngData : MemoryStream
{
    /// <summary>Whether a reader asked for more bytes than there are. zlib asks for no more after its checksum.</summary>
    public bool IsExhausted { get; private set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var taken = (int)Math.Min(buffer.Length, Length - Position);
        GetBuffer().AsSpan((int)Position, taken).CopyTo(buffer);
        Position += taken;
        IsExhausted |= taken == 0 && buffer.Length > 0;
        return taken;
    }
}
