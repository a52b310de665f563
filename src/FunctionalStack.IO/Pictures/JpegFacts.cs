using System.Buffers.Binary;

namespace FunctionalStack.IO;

/// <summary>Checks the segments of a JPEG file and reads their properties.</summary>
internal static class JpegFacts
{
    private const int CmykChannels = 4;

    public static Outcome<PictureFacts> Of(string path, byte[] file)
    {
        var (byAdobe, notes, tables) = (false, new List<string>(), new JpegTables());
        int? orientation = null;
        JpegFrame? frame = null;
        for (var at = 2; at + 2 <= file.Length;)
        {
            if (file[at] != 0xFF) return PictureFacts.Damaged(path, $"there is no marker at byte {at}");
            var marker = file[at + 1];
            if (marker is 0xFF or 0x01 or (>= 0xD0 and <= 0xD7))
            {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }

            if (marker == 0xD9)
            {
                return frame is null ? PictureFacts.Damaged(path, "its end marker comes before its image")
                    : frame.Unscanned is { } component
                    ? PictureFacts.Damaged(path,
                        $"it ends early: component {component.Id} of its {frame.Components.Count} components has {component.Unscanned}")
                    : Outcome.Ok(new PictureFacts(orientation, [.. notes.Distinct(), .. PictureFacts.Trailing(file.Length - at - 2)]));
            }

            if (at + 4 > file.Length) break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2));
            if (length < 2)
                return PictureFacts.Damaged(path, $"its segment at byte {at} declares {length} bytes, fewer than its length field");
            if (at + 2 + length > file.Length) break;
            var body = file.AsSpan(at + 4, length - 2);
            at += 2 + length;
            switch (marker)
            {
                case >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC):
                    if (frame is not null) return PictureFacts.Damaged(path, "it declares its size twice");
                    if (JpegFrame.Fault(body) is { } fault) return PictureFacts.Damaged(path, fault);
                    if (body[0] != 8)
                        return PictureFacts.Refuse(path, $"has {body[0]} bits per channel",
                            "Give JPEG files with 8 bits per channel, or PNG files.");
                    frame = JpegFrame.Of(marker, body);
                    if (PictureFacts.TooLarge(path, frame.Height, frame.Width) is { } large) return new Outcome<PictureFacts>.Fail(large);
                    break;
                case 0xC4:
                    if (tables.Define(body) is { } wrong) return PictureFacts.Damaged(path, wrong);
                    break;
                case 0xDD when body.Length == 2:
                    tables.RestartInterval = BinaryPrimitives.ReadUInt16BigEndian(body);
                    break;
                case 0xE1 when orientation is null && body.StartsWith("Exif\0\0"u8):
                    orientation = Orientation.Of(body[6..]);
                    break;
                case 0xE2 when body.StartsWith("ICC_PROFILE"u8) && body.IndexOf("sRGB"u8) < 0 && body.Length > 14 && body[12] == 1:
                    notes.Add(PictureFacts.OtherColours);
                    break;
                case 0xEE when body.StartsWith("Adobe"u8):
                    byAdobe = true;
                    break;
                case 0xDA:
                    if (frame is null) return PictureFacts.Damaged(path, "its image data comes before its size");
                    if (frame.Components.Count == CmykChannels && !byAdobe) return PictureFacts.Refuse(path,
                        "is CMYK without Adobe's marker, so it is unknown whether the channels are inverted", "Save it as RGB.");
                    if (frame.Components.Count == CmykChannels)
                        notes.Add("its CMYK channels are converted to RGB: R = (255 - C)(255 - K) / 255");
                    var scan = new JpegScan(file, at, frame, tables);
                    if (scan.Fault(body) is { } damage) return PictureFacts.Damaged(path, damage);
                    at = scan.End;
                    if (scan.Surplus > 0) notes.Add($"{scan.Surplus} surplus bytes of its image data are not read");
                    break;
            }
        }

        return PictureFacts.Damaged(path, frame is null ? "it ends early, before its image" : "it ends early, without its end marker");
    }
}
