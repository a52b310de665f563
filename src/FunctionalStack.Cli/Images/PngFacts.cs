using System.Buffers.Binary;
using System.Text;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Images;

/// <summary>A PNG file's chunks: whether they are whole, and what they say.</summary>
internal static class PngFacts
{
    private const int Signature = 8;

    // Of 8-bit numbers, as PNG and the other formats have them: 1 / 2.2, in 100,000ths.
    private const int UsualGamma = 45455;

    // Deflate makes at most 1,032 bytes of one.
    private const int MostOfByte = 1032;

    private static readonly uint[] crcs = Crcs();

    public static Outcome<PictureFacts> Of(string path, ReadOnlySpan<byte> file)
    {
        var (depth, header, orientation, animated, notes) = (0, (Height: 0L, Width: 0L, Bits: 0L), Orientation.Upright, false,
            new List<string>());
        for (var at = Signature; ;)
        {
            if (at + 12 > file.Length) return PictureFacts.Damaged(path, "it ends early");
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            var type = Encoding.Latin1.GetString(file.Slice(at + 4, 4));
            if (length > file.Length - at - 12) return PictureFacts.Damaged(path, $"it ends early, within its part '{type}'");
            var body = file.Slice(at + 8, (int)length);
            var crc = BinaryPrimitives.ReadUInt32BigEndian(file[(at + 8 + body.Length)..]);
            if (Crc(file.Slice(at + 4, 4 + body.Length)) != crc) return PictureFacts.Damaged(path,
                $"the checksum of its part '{type}' is wrong");
            if (at == Signature && (type != "IHDR" || body.Length != 13)) return PictureFacts.Damaged(path, "it has no header");
            switch (type)
            {
                case "IHDR":
                    depth = body[8];
                    header = (BinaryPrimitives.ReadUInt32BigEndian(body[4..]), BinaryPrimitives.ReadUInt32BigEndian(body),
                        depth * body[9] switch { 2 => 3L, 4 => 2, 6 => 4, _ => 1 });
                    if (depth == 16) notes.Add("of its 16 bits a channel the upper 8 are read");
                    break;
                case "gAMA" when body.Length == 4
                    && Math.Abs((long)BinaryPrimitives.ReadUInt32BigEndian(body) - UsualGamma) > UsualGamma / 20:
                case "iCCP" when body.IndexOf("sRGB"u8) < 0:
                    notes.Add(PictureFacts.OtherColours);
                    break;
                case "eXIf":
                    orientation = Orientation.Of(body);
                    break;
                case "acTL":
                    animated = true;
                    break;
                case "IEND":
                    return animated ? Pictures.Animation<PictureFacts>(path)
                        : Outcome.Ok(new PictureFacts(orientation, LeastBytes(header), EquatableArray.From(notes.Distinct())));
            }

            at += 12 + body.Length;
        }
    }

    // Without overflow: sides are below 2^32, bits at most 64.
    private static long LeastBytes((long Height, long Width, long Bits) header) =>
        (long)UInt128.Min((UInt128)header.Height * (ulong)header.Width * (ulong)header.Bits / 8 / MostOfByte, long.MaxValue);

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes) crc = crcs[(byte)(crc ^ one)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] Crcs()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : 0xEDB88320 ^ (crc >> 1);
            table[i] = crc;
        }

        return table;
    }
}
