using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.IO.Tests.Images;

public class ResizingTests
{
    /// <summary>From the definition, in fractions: 180 / 7, 135, 1665 / 7; 45 / 4, 80, 190, 997.5 / 4; quarters of neighbours.</summary>
    [Theory]
    [InlineData(new byte[] { 26, 135, 238 })]
    [InlineData(new byte[] { 11, 80, 190, 249 })]
    [InlineData(new byte[] { 0, 8, 23, 45, 75, 113, 158, 195, 225, 244, 251, 255 })]
    public void Known_numbers(byte[] expected)
    {
        var row = new DecodedImage(1, 6, 1, [0, 30, 90, 180, 240, 255]);
        Assert.Equal(expected, row.Resized(new(1, expected.Length)).Pixels);
        Assert.Equal(expected, (row with { Height = 6, Width = 1 }).Resized(new(expected.Length, 1)).Pixels);
    }

    [Property]
    public void What_is_even_stays_so_and_channels_keep_apart(byte red, byte green, byte height, byte width, byte toHeight, byte toWidth)
    {
        var (rows, columns, size) = (1 + height % 20, 1 + width % 20, new ImageSize(1 + toHeight % 30, 1 + toWidth % 30));
        var image = new DecodedImage(rows, columns, 3,
            [.. Enumerable.Range(0, rows * columns).SelectMany(_ => new[] { red, green, (byte)9 })]);
        var made = image.Resized(size);
        Assert.Equal((size.Height, size.Width, 3), (made.Height, made.Width, made.Channels));
        Assert.All(made.Pixels.Chunk(3), pixel => Assert.Equal([red, green, 9], pixel));
    }

    /// <summary>Every pixel contributes: a fine pattern becomes its mean, not one of its colours.</summary>
    [Fact]
    public void A_fine_pattern_becomes_grey()
    {
        var stripes = new DecodedImage(64, 64, 1, [.. Enumerable.Range(0, 4096).Select(i => (byte)(i % 2 * 255))]);
        Assert.All(stripes.Resized(new(8, 8)).Pixels, pixel => Assert.InRange(pixel, 110, 145));
    }

    [Property]
    public void Mirrored_pictures_become_mirrored_pictures(byte[] pixels, byte to)
    {
        if (pixels.Length == 0) return;
        var row = new DecodedImage(1, pixels.Length, 1, pixels);
        var size = new ImageSize(1, 1 + to % 40);
        var mirrored = (row with { Pixels = [.. pixels.Reverse()] }).Resized(size).Pixels.Reverse().ToArray();
        Assert.All(row.Resized(size).Pixels.Zip(mirrored), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }
}
