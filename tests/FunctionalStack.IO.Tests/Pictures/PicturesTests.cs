using FsCheck.Xunit;
using Xunit;
using static FunctionalStack.IO.Tests.Pictures.PngFile;

namespace FunctionalStack.IO.Tests.Pictures;

public sealed class PicturesTests : IDisposable
{
    private readonly TempFolder tool = new();

    public void Dispose() => tool.Dispose();

    /// <summary>A picture in any of the eight EXIF orientations is read upright. By definition, in 1 row 0 is the top and column 0 the
    /// left; in 6 row 0 is the right and column 0 the top; and so on.</summary>
    [Property(MaxTest = 60)]
    public void Pictures_are_read_upright(byte orientation, byte height, byte width, bool colour, bool bigEndian)
    {
        var (way, rows, columns) = (1 + orientation % 8, 1 + height % 5, 1 + width % 5);
        var upright = new byte[rows, columns];
        for (var y = 0; y < rows; y++) for (var x = 0; x < columns; x++) upright[y, x] = (byte)(40 * y + 7 * x + 1);

        // The edges at which a viewer shows the stored row and column.
        var stored = way switch
        {
            1 => upright,
            2 => Mirror(upright),
            3 => Turn(Turn(upright)),
            4 => Mirror(Turn(Turn(upright))),
            5 => Mirror(Turn(upright)),
            6 => Turn(Turn(Turn(upright))),
            7 => Mirror(Turn(Turn(Turn(upright)))),
            _ => Turn(upright),
        };
        var read = IO.Pictures.Decode(Put("p.png",
            Png(stored.GetLength(1), stored.GetLength(0), (byte)(colour ? 2 : 0), Rows(stored, colour ? 3 : 1),
                before: Chunk("eXIf", Exif(way, bigEndian)))));
        var image = read.OrThrow();
        Assert.Equal((rows, columns, colour ? 3 : 1), (image.Height, image.Width, image.Channels));
        Assert.Equal(upright.Cast<byte>(), image.Pixels.Where((_, i) => i % image.Channels == 0));
        Assert.Equal(way == 1 ? [] : ["is rotated upright by its EXIF orientation"], read.Notes.Select(note => note.What));
    }

    [Theory]
    [InlineData(1, 8, 24)]
    [InlineData(3, 8, 24)]
    [InlineData(6, 24, 8)]
    [InlineData(8, 24, 8)]
    public void Photographs_are_read_upright(int orientation, int height, int width)
    {
        var jpeg = Photographs.Square;
        byte[] exif = [.. "Exif\0\0"u8, .. Exif(orientation, false)];
        var image = IO.Pictures.Decode(Put("p.jpg", [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]]))
            .OrThrow();
        Assert.Equal((height, width), (image.Height, image.Width));

        // The white square is at the left of the stored picture: at the right if it is upside down, and at the top or bottom if it is
        // rotated.
        var (top, left) = (image.Pixels[0] > 200, image.Pixels[(height - 1) * width * image.Channels] > 200);
        Assert.Equal(orientation switch { 1 => (true, true), 3 => (false, false), 6 => (true, false), _ => (false, true) }, (top, left));
    }

    /// <summary>200 x 255 / 255 and so on, by hand.</summary>
    [Fact]
    public void CMYK_is_converted_if_its_marker_is_present()
    {
        const string Cmyk =
            "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB/8AAFAgACAAIBAERAAIRAAMRAAQRAP/EANIAAAEFAQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKCxAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oADgQBAAIAAwAEAAA/AP6QK+H6/mPr+/iv/9k=";
        var bytes = Convert.FromBase64String(Cmyk);
        var read = IO.Pictures.Decode(Put("c.jpg", bytes));
        Assert.Equal([200, 100, 50], read.OrThrow().Pixels[..3]);
        Assert.Contains("CMYK channels", Assert.Single(read.Notes).What);

        // The file without the marker: 2 bytes of the marker and 14 bytes of its segment are left out.
        Assert.Contains("without Adobe's marker", Refused("u.jpg", [.. bytes[..2], .. bytes[18..]]));
    }

    [Fact]
    public void Conversions_are_noted()
    {
        Assert.Equal(["only the upper 8 of its 16 bits per channel are read"], Notes(Png(1, 1, 0, [[0, 0x80, 0xFF]], depth: 16)));
        Assert.Equal(["its gamma or colour profile is not applied: bytes are read as they are stored"],
            Notes(Png(1, 1, 0, [[0, 9]], before: Chunk("gAMA", [0, 1, 0x86, 0xA0]))));
        Assert.Empty(Notes(Png(1, 1, 0, [[0, 9]], before: Chunk("gAMA", [0, 0, 0xB1, 0x8F]))));
        Assert.Equal(["its transparent pixels are drawn over black"], Notes(Png(1, 1, 6, [[0, 255, 150, 60, 85]])));
        Assert.Equal([85, 50, 20], IO.Pictures.Decode(tool.At("p.png")).OrThrow().Pixels);
        Assert.Empty(Notes(Png(1, 1, 6, [[0, 255, 150, 60, 255]])));

        string[] Notes(byte[] png) => [.. IO.Pictures.Decode(Put("p.png", png)).Notes.Select(note => note.What)];
    }

    /// <summary>Grey with alpha is colour, times its alpha, rounded: 200 x 100 / 255 is 78.4.</summary>
    [Fact]
    public void Grey_pictures_with_alpha_are_drawn_over_black()
    {
        var read = IO.Pictures.Decode(Put("p.png", Png(2, 1, 4, [[0, 200, 100, 9, 255]])));
        Assert.Equal([78, 78, 78, 9, 9, 9], read.OrThrow().Pixels);
        Assert.Equal("its transparent pixels are drawn over black", Assert.Single(read.Notes).What);
    }

    /// <summary>Another decoder, libjpeg-turbo, gave the bytes of <see cref="Photographs.ColourPixels"/>. Decoders round the cosine
    /// transform and the interpolation of colours differently.</summary>
    [Fact]
    public void Photographs_have_the_pixels_of_another_decoder_up_to_rounding()
    {
        var image = IO.Pictures.Decode(Put("p.jpg", Photographs.Colour)).OrThrow();
        Assert.Equal((29, 37, 3), (image.Height, image.Width, image.Channels));
        Assert.InRange(image.Pixels.Zip(Photographs.ColourPixels, (one, other) => Math.Abs(one - other)).Max(), 0, 3);
    }

    [Property(MaxTest = 200)]
    public void Hostile_bytes_after_a_signature_are_refused_or_read_and_never_crash(byte kind, byte[] body, ushort at, byte value)
    {
        byte[][] signatures = [[0x89, .. "PNG"u8, 13, 10, 26, 10], [0xFF, 0xD8], [.. "GIF89a"u8], [.. "BM"u8]];
        _ = IO.Pictures.Decode("p", [.. signatures[kind % 4], .. body]);
        byte[] altered = [.. kind % 2 == 0 ? Photographs.Colour : Photographs.Grey];
        altered[at % altered.Length] = value;
        _ = IO.Pictures.Decode("p", altered);
    }

    /// <summary>Files of a hundred bytes that declare any size are refused quickly and without a large allocation.</summary>
    [Theory]
    [InlineData(60000u, 20000u)]
    [InlineData(50000u, 50000u)]
    [InlineData(65536u, 65537u)]
    [InlineData(20000u, 20000u)]
    [InlineData(10000u, 10000u)]
    [InlineData(0x7FFFFFFFu, 2u)]
    [InlineData(0xFFFFFFFFu, 0xFFFFFFFFu)]
    [InlineData(0u, 5u)]
    public void Impossible_sizes_are_refused_before_any_allocation(uint width, uint height)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refused("p.png", Png(width, height, 2, [[0, 1, 2, 3]]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Property(MaxTest = 40)]
    public void Truncated_or_altered_files_are_refused(ushort at, bool cut)
    {
        var png = Png(20, 20, 0,
            [.. Enumerable.Range(0, 20).Select(y => (byte[])[0, .. Enumerable.Range(0, 20).Select(x => (byte)(x * y))])]);
        var place = 8 + at % (png.Length - 8);
        Assert.Equal(20 * 20, IO.Pictures.Decode(Put("p.png", png)).OrThrow().Pixels.Length);
        if (!cut) png[place] ^= 1;
        Refused("p.png", cut ? png[..place] : png);
    }

    [Fact]
    public void Truncated_photographs_are_refused()
    {
        var jpeg = Photographs.Grey;
        Assert.Equal(40, IO.Pictures.Decode(Put("p.jpg", jpeg)).OrThrow().Height);
        foreach (var length in new[] { 1, 3, 20, jpeg.Length / 2, jpeg.Length - 20, jpeg.Length - 2 }) Refused("p.jpg", jpeg[..length]);
    }

    [Fact]
    public void Files_that_are_not_pictures_are_refused_by_kind()
    {
        Assert.Contains("is an IDX file, not a picture", Refused("x", [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7]));
        Assert.Contains("is an empty file", Refused("x", []));
        Assert.Contains("is not a picture in a supported format", Refused("x", "hello"u8.ToArray()));
        Assert.Contains("is a WebP picture, which is not read. Save it as PNG or JPEG.",
            Refused("x", [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBPVP8 "u8]));
        File.CreateSymbolicLink(tool.At("link.png"), tool.At("nowhere.png"));
        Assert.Contains("is a broken link",
            $"{Assert.IsType<Outcome<DecodedImage>.Fail>(IO.Pictures.Decode(tool.At("link.png"))).Failure}");
    }

    private string Refused(string name, byte[] bytes) =>
        $"{Assert.IsType<Outcome<DecodedImage>.Fail>(IO.Pictures.Decode(Put(name, bytes))).Failure}";

    private string Put(string name, byte[] bytes)
    {
        File.WriteAllBytes(tool.At(name), bytes);
        return tool.At(name);
    }

    // Rotates by 90 degrees clockwise.
    private static byte[,] Turn(byte[,] image)
    {
        var turned = new byte[image.GetLength(1), image.GetLength(0)];
        for (var y = 0; y < image.GetLength(0); y++) for (var x = 0; x < image.GetLength(1); x++) turned[x,
            image.GetLength(0) - 1 - y] = image[y, x];
        return turned;
    }

    // Mirrors horizontally.
    private static byte[,] Mirror(byte[,] image)
    {
        var mirrored = new byte[image.GetLength(0), image.GetLength(1)];
        for (var y = 0; y < image.GetLength(0); y++) for (var x = 0; x < image.GetLength(1); x++) mirrored[y,
            image.GetLength(1) - 1 - x] = image[y, x];
        return mirrored;
    }

    private static byte[][] Rows(byte[,] image, int channels) => [.. Enumerable.Range(0, image.GetLength(0)).Select(y =>
        (byte[])[0, .. Enumerable.Range(0, image.GetLength(1)).SelectMany(x => Enumerable.Repeat(image[y, x], channels))])];

    private static byte[] Exif(int orientation, bool bigEndian) => bigEndian
        ? [.. "MM"u8, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0]
        : [.. "II"u8, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];
}
