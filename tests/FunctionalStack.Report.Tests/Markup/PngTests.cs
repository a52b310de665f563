using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.IO;
using FunctionalStack.Reporting.Markup;
using Xunit;

namespace FunctionalStack.Reporting.Tests.Markup;

public class PngTests
{
    [Property]
    public Property A_decoder_reads_the_pixels() => Prop.ForAll(Arb.From(
        from width in Gen.Choose(1, 40)
        from height in Gen.Choose(1, 40)
        from channels in Gen.Elements(1, 3)
        from pixels in Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(width * height * channels)
        select (width, height, channels, pixels)), one =>
    {
        var decoded = Pictures.Decode("made.png", Png.Of(one.width, one.height, one.channels, one.pixels)).OrThrow();
        return (decoded.Width, decoded.Height, decoded.Channels) == (one.width, one.height, one.channels)
            && decoded.Pixels.SequenceEqual(one.pixels);
    });

    [Fact]
    public void Other_sizes_are_refused() => Assert.Throws<ArgumentException>(() => Png.Of(2, 2, 1, new byte[5]));
}
