using System.Buffers.Binary;
using System.Text;

namespace FunctionalStack.IO;

/// <summary>Checks the chunks of a PNG file and reads their properties.</summary>
internal static class PngFacts
{
    private const int Signature = 8;
    private const int Frame = 12;

    // The usual gamma of 8-bit images, 1 / 2.2, in units of 1 / 100,000.
    private const int UsualGamma = 45455;

    private static readonly uint[] crcs = Crcs();

    public static Outcome<PictureFacts> Of(string path, byte[] file)
    {
        var (colours, orientation, animated, notes) = (0, Orientation.Upright, false, new List<string>());
        PngHeader header = default;
        using var image = new PngData();
        for (var at = Signature; ;)
        {
            if (at + Frame > file.Length) return PictureFacts.Damaged(path, "it ends early, without its end chunk");
            var length = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
            if (file.AsSpan(at + 4, 4).IndexOfAnyExcept(letters) >= 0) return PictureFacts.Damaged(path, $"there is no chunk at byte {at}");
            var type = Encoding.ASCII.GetString(file, at + 4, 4);
            if (length > int.MaxValue)
                return PictureFacts.Damaged(path, $"its chunk '{type}' declares {length} bytes, more than PNG allows");
            if (length > file.Length - at - Frame) return PictureFacts.Damaged(path, $"it ends early, within its chunk '{type}'");
            var body = file.AsSpan(at + 8, (int)length);
            var crc = BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + body.Length));
            if (Crc(file.AsSpan(at + 4, 4 + body.Length)) != crc) return PictureFacts.Damaged(path,
                $"the checksum of its chunk '{type}' is wrong");
            if (at == Signature != (type == "IHDR")) return PictureFacts.Damaged(path, type == "IHDR" ? "it has two headers"
                : $"it begins with the chunk '{type}' instead of the header 'IHDR'");
            switch (type)
            {
                case "IHDR":
                    if (PngHeader.Fault(body) is { } fault) return PictureFacts.Damaged(path, fault);
                    header = PngHeader.Of(body);
                    if (PictureFacts.TooLarge(path, header.Height, header.Width) is { } large) return new Outcome<PictureFacts>.Fail(large);
                    if (header.Depth == 16) notes.Add("only the upper 8 of its 16 bits per channel are read");
                    break;
                case "PLTE":
                    if (body.Length % 3 != 0 || body.Length is 0 or > 3 * 256) return PictureFacts.Damaged(path,
                        $"its palette has {body.Length} bytes, but a palette has 1 to 256 colours of 3 bytes");
                    colours = body.Length / 3;
                    break;
                case "IDAT":
                    image.Write(body);
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
                    if (animated) return Pictures.Animation<PictureFacts>(path);
                    image.Position = 0;
                    return PngRows.Fault(header, colours, image) is { } what
                        ? PictureFacts.Damaged(path, what)
                        : Outcome.Ok(new PictureFacts(orientation,
                            [.. notes.Distinct(), .. PictureFacts.Trailing(file.Length - at - Frame - body.Length)]));
            }

            at += Frame + body.Length;
        }
    }

    private static readonly System.Buffers.SearchValues<byte> letters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

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
