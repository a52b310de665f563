using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace FunctionalStack.Cluster.Wire;

/// <summary>Bytes that a silo is sent once and that fits then name by their digest: columns, or rows with their roles.</summary>
/// <param name="Digest">The SHA-256 of the bytes, in hexadecimal.</param>
/// <param name="Bytes">The bytes: their kind, the length of the content, and the content, compressed.</param>
internal sealed record Blob(string Digest, byte[] Bytes)
{
    // The kind and the length.
    private const int Head = 1 + sizeof(int);
    private const int Part = 1 << 16;

    public static Blob Of(byte kind, Action<BinaryWriter> write)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true)) write(writer);
        using var packed = new MemoryStream();
        using (var writer = new BinaryWriter(packed, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(kind);
            writer.Write(checked((int)content.Length));
        }

        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(content.GetBuffer().AsSpan(0, (int)content.Length));
        var bytes = packed.ToArray();
        return new(DigestOf(bytes), bytes);
    }

    public static string DigestOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The length of the content in bytes, as the message says; null if it is no message.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Head && BitConverter.ToInt32(bytes[1..]) is >= 0 and var length ? length : null;

    /// <summary>The content.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="kind">The kind that it must have.</param>
    /// <param name="read">Reads the content.</param>
    /// <returns>What was read. Fails if the bytes are not of this kind.</returns>
    public static Outcome<T> Read<T>(byte[] bytes, byte kind, Func<BinaryReader, T> read)
    {
        try
        {
            var length = LengthOf(bytes) ?? throw new ArgumentException("the message is too short");
            if (bytes[0] != kind) throw new ArgumentException("it is of another kind");
            using var content = Unpacked(bytes, length);
            using var reader = new BinaryReader(content, Encoding.UTF8);
            return Outcome.Ok(read(reader));
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or OverflowException or FormatException
            or InvalidOperationException)
        {
            return Outcome.Fail<T>("a message", $"cannot be read: {exception.Message.TrimEnd('.')}", "Use one build on every node.");
        }
    }

    // Memory is taken as the content comes, since a damaged length may be anything.
    private static MemoryStream Unpacked(byte[] bytes, int length)
    {
        using var brotli = new BrotliStream(new MemoryStream(bytes, Head, bytes.Length - Head), CompressionMode.Decompress);
        var content = new MemoryStream(Math.Min(length, Part));
        var part = new byte[Part];
        for (int read; (read = brotli.Read(part)) > 0;)
        {
            if (content.Length + read > length) throw new ArgumentException("it is longer than it says");
            content.Write(part, 0, read);
        }

        if (content.Length < length) throw new ArgumentException("it is shorter than it says");
        content.Position = 0;
        return content;
    }
}
