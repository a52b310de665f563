using System.Buffers.Binary;

namespace FunctionalStack.IO;

/// <summary>The header of a PNG file.</summary>
/// <param name="Height">The height in pixels.</param>
/// <param name="Width">The width in pixels.</param>
/// <param name="Depth">The bits per channel, or per palette index.</param>
/// <param name="HasPalette">Whether pixels are palette indices.</param>
/// <param name="BitsPerPixel">The bits per pixel, over all channels.</param>
/// <param name="IsInterlaced">Whether the rows are stored in the seven passes of Adam7.</param>
internal readonly record struct PngHeader(long Height, long Width, int Depth, bool HasPalette, int BitsPerPixel, bool IsInterlaced)
{
    private const int Length = 13;
    private const int PaletteKind = 3;

    /// <summary>The fault of a header; null if it is valid.</summary>
    public static string? Fault(ReadOnlySpan<byte> body)
    {
        if (body.Length != Length) return $"its header has {body.Length} bytes instead of {Length}";
        var header = Of(body);
        return header is { Height: 0 } or { Width: 0 }
            ? $"its header declares {header.Height}x{header.Width} pixels (height x width), which is empty"
            : header.Height > int.MaxValue || header.Width > int.MaxValue
            ? $"its header declares {header.Height}x{header.Width} pixels (height x width), more than PNG allows"
            : header.BitsPerPixel == 0 ? $"its header declares the colour type {body[9]}, which PNG does not define"
            : !IsDepth(body[8], body[9])
            ? $"its header declares {body[8]} bits per channel, which PNG does not allow for the colour type {body[9]}"
            : body[10] != 0 ? $"its header declares the compression {body[10]}, which PNG does not define"
            : body[11] != 0 ? $"its header declares the filter method {body[11]}, which PNG does not define"
            : body[12] > 1 ? $"its header declares the interlacing {body[12]}, which PNG does not define"
            : null;
    }

    public static PngHeader Of(ReadOnlySpan<byte> body) => new(
        BinaryPrimitives.ReadUInt32BigEndian(body[4..]), BinaryPrimitives.ReadUInt32BigEndian(body), body[8], body[9] == PaletteKind,
        body[8] * Channels(body[9]), body[12] == 1);

    private static int Channels(byte kind) => kind switch { 0 or PaletteKind => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };

    private static bool IsDepth(byte depth, byte kind) => kind switch
    {
        0 => depth is 1 or 2 or 4 or 8 or 16,
        PaletteKind => depth is 1 or 2 or 4 or 8,
        _ => depth is 8 or 16,
    };
}
