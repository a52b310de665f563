using System.Buffers.Binary;
using FunctionalStack.IO;

namespace FunctionalStack.Cli.Images;

/// <summary>A JPEG file's markers up to its first scan.</summary>
internal static class JpegFacts
{
    private const int Inks = 4;

    public static Outcome<PictureFacts> Of(string path, ReadOnlySpan<byte> file)
    {
        var (components, byAdobe, notes) = (0, false, new List<string>());
        for (var at = 2; at + 4 <= file.Length;)
        {
            if (file[at] != 0xFF) return PictureFacts.Damaged(path, "no marker where one should be");
            var marker = file[at + 1];
            if (marker is 0xFF or 0x01 or (>= 0xD0 and <= 0xD7))
            {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2 || at + 2 + length > file.Length) break;
            var body = file.Slice(at + 4, length - 2);
            switch (marker)
            {
                case >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC) when body.Length >= 6:
                    components = body[5];
                    if (body[0] != 8) return PictureFacts.Refuse(path, $"has {body[0]} bits a channel",
                        "Give JPEG files of 8 bits, or PNG files.");
                    break;
                case 0xE2 when body.StartsWith("ICC_PROFILE"u8) && body.IndexOf("sRGB"u8) < 0 && body is [.., _] && body.Length > 14
                    && body[12] == 1:
                    notes.Add(PictureFacts.OtherColours);
                    break;
                case 0xEE when body.StartsWith("Adobe"u8):
                    byAdobe = true;
                    break;
                case 0xDA:
                    return (components, byAdobe) switch
                    {
                        (Inks, false) =>
                            PictureFacts.Refuse(path,
                                "holds four inks (CMYK) without Adobe's marker, so nothing says whether they are inverted",
                                    "Save it as RGB."),
                        (Inks, true) =>
                            Outcome.Ok(new PictureFacts(null, 0,
                                [.. notes, "its four inks (CMYK) are made red, green and blue: R = (255 - C)(255 - K) / 255"])),
                        _ => Outcome.Ok(new PictureFacts(null, 0, EquatableArray.From(notes))),
                    };
            }

            at += 2 + length;
        }

        return PictureFacts.Damaged(path, "it ends early, before its image");
    }
}
