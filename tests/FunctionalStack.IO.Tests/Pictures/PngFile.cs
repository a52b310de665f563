using System.Buffers.Binary;
using System.IO.Compression;

namespace FunctionalStack.IO.Tests.Pictures;

/// <summary>Writes PNG files, valid or not.</summary>
internal static class PngFile
{
    /// <summary>A file with one chunk of image data: rows with their filter bytes, before compression.</summary>
    public static byte[] Png(long width, long height, byte kind, byte[][] rows, byte depth = 8, byte[]? before = null,
        bool interlaced = false) =>
        Of(Header(width, height, kind, depth, interlaced ? (byte)1 : (byte)0),
            [.. before ?? [], .. Chunk("IDAT", Zlib([.. rows.SelectMany(row => row)]))]);

    /// <summary>A file with these chunks.</summary>
    public static byte[] Of(byte[] header, byte[] parts) =>
        [0x89, .. "PNG"u8, 13, 10, 26, 10, .. Chunk("IHDR", header), .. parts, .. Chunk("IEND", [])];

    public static byte[] Header(long width, long height, byte kind, byte depth = 8, byte interlacing = 0)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, (uint)width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), (uint)height);
        (header[8], header[9], header[12]) = (depth, kind, interlacing);
        return header;
    }

    public static byte[] Zlib(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Chunk(string type, byte[] body)
    {
        byte[] checkedPart = [.. System.Text.Encoding.ASCII.GetBytes(type), .. body];
        var ends = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(ends, body.Length);
        BinaryPrimitives.WriteUInt32BigEndian(ends.AsSpan(4), Checksum(checkedPart));
        return [.. ends[..4], .. checkedPart, .. ends[4..]];
    }

    /// <summary>The same file with the right checksum of each complete chunk.</summary>
    public static byte[] WithChecksums(byte[] file)
    {
        var bytes = file.ToArray();
        for (var at = 8; at + 12 <= bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at));
            if (length > bytes.Length - at - 12) break;
            var end = at + 8 + (int)length;
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(end), Checksum(bytes.AsSpan((at + 4)..end)));
            at = end + 4;
        }

        return bytes;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
        }

        return ~crc;
    }
}
