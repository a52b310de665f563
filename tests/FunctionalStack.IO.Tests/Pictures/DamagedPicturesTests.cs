using System.Text;
using Xunit;
using static FunctionalStack.IO.Tests.Pictures.Photographs;
using static FunctionalStack.IO.Tests.Pictures.PngFile;

namespace FunctionalStack.IO.Tests.Pictures;

/// <summary>Damaged pictures that the decoder would pad or repair without an error.</summary>
public sealed class DamagedPicturesTests : IDisposable
{
    private static readonly byte[] scan = [0xFF, 0xDA];
    private static readonly byte[] frame = [0xFF, 0xC0];

    private readonly TempFolder tool = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void Photographs_with_truncated_image_data_are_refused()
    {
        foreach (var jpeg in new[] { Photograph(), Progressive, Restarting })
        {
            Assert.Empty(Decode(jpeg).Notes);
            var begin = jpeg.AsSpan().LastIndexOf(scan) + 2;
            var codes = begin + jpeg[begin + 1];
            for (var end = codes; end < jpeg.Length - 2; end++)
            {
                if (jpeg[end - 1] != 0xFF) Refused([.. jpeg[..end], 0xFF, 0xD9]);
            }
        }

        var half = Photograph();
        Assert.Matches("^p: is a damaged picture: its image data ends early, in MCU [0-9]+ of 25. Copy it again, or remove it.$",
            Refused([.. half[..(half.Length / 2 + 150)], 0xFF, 0xD9]));
    }

    /// <summary>The first of ten scans has the first coefficients of all components.</summary>
    [Fact]
    public void Photographs_without_image_data_are_refused()
    {
        var first = Progressive.AsSpan().IndexOf(scan);
        Assert.Contains("component 1 of its 3 components has no image data", Refused([.. Progressive[..first], 0xFF, 0xD9]));
    }

    [Fact]
    public void Too_large_photographs_are_refused_with_their_size_and_the_limit()
    {
        var jpeg = Photograph();
        var size = jpeg.AsSpan().IndexOf(frame) + 5;
        jpeg.AsSpan(size, 4).Fill(0xFF);
        Assert.Equal("p: is 65535x65535 (height x width), more than 134,217,728 pixels. Scale it down.", Refused(jpeg));
        jpeg.AsSpan(size, 2).Clear();
        Assert.Contains("declares 0x65535 pixels (height x width), which is empty", Refused(jpeg));
    }

    [Fact]
    public void Rows_more_or_fewer_than_declared_are_refused()
    {
        byte[][] three = [[0, 1, 2, 3], [0, 4, 5, 6], [0, 7, 8, 9]];
        Assert.Equal(9, Decode(Png(3, 3, 0, three)).OrThrow().Pixels.Length);
        Assert.Contains("its image data continues after 3x3 pixels", Refused(Png(3, 3, 0, [.. three, [0, 1, 2, 3]])));
        Assert.Contains("its image data continues after 3x3 pixels", Refused(Png(3, 3, 0, [.. three, [0]])));
        Assert.Contains("its image data ends early: 3x3 pixels take 12 bytes with the filters, but there are 8",
            Refused(Png(3, 3, 0, three[..2])));
        Assert.Contains("it has no image data", Refused(Of(Header(3, 3, 0), [])));
        Assert.Contains("its image data cannot be decompressed", Refused(Of(Header(3, 3, 0), Chunk("IDAT", [1, 2, 3, 4, 5, 6, 7, 8]))));

        // 3 x 3 in Adam7: the passes have 1, 0, 0, 1, 2, 2 and 3 pixels in 1, 0, 0, 1, 1, 2 and 1 rows.
        byte[][] passes = [[0, 1], [0, 2], [0, 3, 4], [0, 5], [0, 6], [0, 7, 8, 9]];
        Assert.Equal([1, 5, 2, 7, 8, 9, 3, 6, 4], Decode(Png(3, 3, 0, passes, interlaced: true)).OrThrow().Pixels);
        Assert.Contains("ends early", Refused(Png(3, 3, 0, passes[..^1], interlaced: true)));
        Assert.Contains("continues", Refused(Png(3, 3, 0, [.. passes, [0]], interlaced: true)));
    }

    [Theory]
    [InlineData(8, new byte[] { 0, 1, 2 }, 2)]
    [InlineData(8, new byte[] { 1, 1, 1 }, 2)]
    [InlineData(4, new byte[] { 0, 0x13 }, 3)]
    [InlineData(2, new byte[] { 0, 0b00_01_11_00 }, 3)]
    public void An_index_beyond_the_palette_is_refused(byte depth, byte[] row, int index)
    {
        byte[] colours = [9, 9, 9, 200, 100, 50, 7, 7, 7, 8, 8, 8];
        Assert.Equal(depth == 2 ? 9 : 6, Decode(Palette(3 * (index + 1))).OrThrow().Pixels.Length);
        Assert.Contains($"a pixel has palette index {index}, but the palette has {index} colours (indices from 0)",
            Refused(Palette(3 * index)));
        Assert.Contains("it has no palette", Refused(Png(2, 1, 3, [row], depth)));
        Assert.Contains("its palette has 4 bytes", Refused(Palette(4)));

        byte[] Palette(int bytes) => Png(depth == 2 ? 3 : 2, 1, 3, [row], depth, Chunk("PLTE", colours[..bytes]));
    }

    [Fact]
    public void An_invalid_header_is_refused_with_its_fault()
    {
        Assert.Contains("declares 3 bits per channel, which PNG does not allow for the colour type 0",
            Refused(Png(1, 1, 0, [[0, 1]], depth: 3)));
        Assert.Contains("declares the colour type 5, which PNG does not define", Refused(Png(1, 1, 5, [[0, 1]])));
        Assert.Contains("declares 4 bits per channel, which PNG does not allow for the colour type 2",
            Refused(Png(1, 1, 2, [[0, 1, 1]], depth: 4)));
        Assert.Contains("declares the interlacing 2", Refused(Of(Header(1, 1, 0, interlacing: 2), Chunk("IDAT", Zlib([0, 1])))));
        Assert.Contains("declares 5x0 pixels (height x width), which is empty", Refused(Png(0, 5, 0, [[0]])));
        Assert.Contains("its header has 12 bytes instead of 13", Refused(Of(Header(1, 1, 0)[..12], Chunk("IDAT", Zlib([0, 1])))));
        Assert.Contains("it has two headers", Refused(Png(1, 1, 0, [[0, 1]], before: Chunk("IHDR", Header(1, 1, 0)))));
        var png = Png(1, 1, 0, [[0, 1]]);
        Assert.Contains("begins with the chunk 'IDAT'", Refused([.. png[..8], .. png[33..]]));
        Assert.Contains("there is no chunk at byte 33", Refused([.. png[..33], .. Encoding.ASCII.GetBytes("some text instead")]));
        png[33] = 0xFF;
        Assert.Contains("its chunk 'IDAT' declares 4278190090 bytes, more than PNG allows", Refused(png));
    }

    [Fact]
    public void A_missing_last_byte_is_refused()
    {
        Assert.Empty(Decode(Bitmap()).Notes);
        Assert.Contains("is a damaged picture: it ends early", Refused(Bitmap()[..^1]));
        Assert.Contains("ends early", Refused(Gif[..20]));
        Assert.Contains("ends early", Refused(Gif[..^2]));
    }

    /// <summary>Browsers and Pillow read such files, too.</summary>
    [Fact]
    public void A_missing_end_marker_of_a_GIF_file_is_noted()
    {
        Assert.Empty(Decode(Gif).Notes);
        var cut = Decode(Gif[..^1]);
        Assert.Equal("its end marker is missing; the picture before it is whole", Assert.Single(cut.Notes).What);
        Assert.Equal(Decode(Gif).OrThrow().Pixels, cut.OrThrow().Pixels);
    }

    /// <summary>Every scan that is there is whole.</summary>
    [Fact]
    public void Progressive_photographs_without_their_last_scans_are_refused()
    {
        var scans = Enumerable.Range(0, Progressive.Length - 1).Where(at => Progressive.AsSpan(at).StartsWith(scan)).ToArray();
        Assert.Equal(10, scans.Length);
        foreach (var cut in scans)
        {
            Assert.Contains("ends early", Refused(Progressive[..cut]));
            Assert.Matches("ends early: component [1-3] of its 3 components has no image data",
                Refused([.. Progressive[..cut], 0xFF, 0xD9]));
        }

        Assert.Contains("no image data of the last bit of coefficient 1.", Refused([.. Progressive[..scans[^1]], 0xFF, 0xD9]));
    }

    /// <summary>The rows are whole, but not the Adler-32 checksum after them.</summary>
    [Fact]
    public void A_truncated_checksum_of_the_rows_is_refused()
    {
        for (byte last = 0; last < 8; last++)
        {
            var data = Zlib([0, 1, 2, last]);
            Assert.Empty(Decode(Of(Header(3, 1, 0), Chunk("IDAT", data))).Notes);
            for (var cut = 1; cut <= 4; cut++)
            {
                Assert.Contains("its image data ends early, within its checksum",
                    Refused(Of(Header(3, 1, 0), Chunk("IDAT", data[..^cut]))));
            }

            Assert.Contains("cannot be decompressed", Refused(Of(Header(3, 1, 0), Chunk("IDAT", [.. data[..^1], (byte)(data[^1] + 1)]))));
        }
    }

    /// <summary>The files have their declared size, but some of the compressed data is missing.</summary>
    [Fact]
    public void Truncated_image_data_within_a_complete_file_is_refused()
    {
        // The data blocks follow the descriptor. The first byte of a block is its length.
        var begin = Gif.AsSpan().LastIndexOf((byte)0x2C) + 11;
        Refused([.. Gif[..begin], 20, .. Gif[(begin + 1)..(begin + 21)], 0, 0x3B]);
    }

    [Fact]
    public void Too_large_and_empty_GIF_and_BMP_files_are_refused_by_their_headers()
    {
        byte[] large = [.. Gif];
        large.AsSpan(6, 4).Fill(0xFF);
        Assert.Equal("p: is 65535x65535 (height x width), more than 134,217,728 pixels. Scale it down.", Refused(large));
        large.AsSpan(6, 2).Clear();
        Assert.Contains("declares 65535x0 pixels (height x width), which is empty", Refused(large));
        var bitmap = Bitmap();
        bitmap.AsSpan(18, 8).Fill(0x7F);
        Assert.Contains("more than 134,217,728 pixels", Refused(bitmap));
        bitmap.AsSpan(18, 8).Clear();
        Assert.Contains("which is empty", Refused(bitmap));
        var deep = Bitmap();
        deep[28] = 7;
        Assert.Contains("declares 7 bits per pixel", Refused(deep));
        var packed = Bitmap();
        packed[30] = 1;
        Assert.Equal("p: is a compressed BMP file, which is not read. Save it as PNG.", Refused(packed));
    }

    [Fact]
    public void A_second_frame_is_an_animation()
    {
        var frame = Gif.AsSpan().LastIndexOf((byte)0x2C);
        Assert.Contains("is an animation", Refused([.. Gif[..^1], .. Gif[frame..]]));
    }

    [Fact]
    public void Bytes_after_the_end_of_a_picture_are_noted()
    {
        foreach (var file in new[] { Gif, Photograph(), Progressive, Png(1, 1, 0, [[0, 7]]), Bitmap() })
        {
            var (alone, followed) = (Decode(file).OrThrow(), Decode([.. file, 1, 2, 3, 4]));
            Assert.Equal(alone.Pixels, followed.OrThrow().Pixels);
            Assert.Equal("4 bytes follow the end of the picture and are not read", Assert.Single(followed.Notes).What);
        }
    }

    private static byte[] Photograph() => [.. Photographs.Grey];

    // One pixel with 24 bits.
    private static byte[] Bitmap() =>
        [.. "BM"u8, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0, .. new byte[24], 1, 2, 3, 0];

    private Outcome<DecodedImage> Decode(byte[] bytes)
    {
        File.WriteAllBytes(tool.At("p"), bytes);
        return IO.Pictures.Decode(tool.At("p"));
    }

    private string Refused(byte[] bytes) =>
        $"{Assert.IsType<Outcome<DecodedImage>.Fail>(Decode(bytes)).Failure}".Replace(tool.Path + Path.DirectorySeparatorChar, "");
}
