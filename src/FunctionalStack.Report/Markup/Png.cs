using System.Buffers.Binary;
using System.IO.Compression;

namespace FunctionalStack.Reporting.Markup;

/// <summary>Small pictures inside a page.</summary>
internal static class Png
{
    private const uint Polynomial = 0xEDB88320;

    private static readonly uint[] table = [.. Enumerable.Range(0, 256).Select(value =>
        Enumerable.Range(0, 8).Aggregate((uint)value, (crc, _) => (crc & 1) == 1 ? Polynomial ^ (crc >> 1) : crc >> 1))];

    /// <summary>A picture as a data URI.</summary>
    public static string Uri(int width, int height, int channels, ReadOnlySpan<byte> pixels) =>
        $"data:image/png;base64,{Convert.ToBase64String(Of(width, height, channels, pixels))}";

    /// <summary>A PNG file of 8 bits a channel.</summary>
    /// <param name="width">The pixels of a line.</param>
    /// <param name="height">The lines.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <param name="pixels">The bytes, line by line.</param>
    public static byte[] Of(int width, int height, int channels, ReadOnlySpan<byte> pixels)
    {
        if (channels is not (1 or 3) || pixels.Length != width * height * channels)
            throw new ArgumentException($"{pixels.Length} bytes are not {width} x {height} pixels of {channels} channels", nameof(pixels));
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, (byte)(channels == 1 ? 0 : 2));
        Chunk(file, "IHDR"u8, header);
        Chunk(file, "IDAT"u8, Compressed(width * channels, pixels));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    // Each line begins with the number of its filter, 0 for none.
    private static byte[] Compressed(int line, ReadOnlySpan<byte> pixels)
    {
        using var all = new MemoryStream();
        using (var zlib = new ZLibStream(all, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var at = 0; at < pixels.Length; at += line)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(at, line));
            }
        }

        return all.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> content)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(kind);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, kind), content));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes) crc = table[(byte)(crc ^ value)] ^ (crc >> 8);
        return crc;
    }
}
