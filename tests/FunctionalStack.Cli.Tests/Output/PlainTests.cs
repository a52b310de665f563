using FsCheck.Xunit;
using FunctionalStack.Cli.Output;
using Xunit;

namespace FunctionalStack.Cli.Tests.Output;

public class PlainTests
{
    [Property]
    public void No_control_character_is_left_but_line_ends(string? text) =>
        Assert.DoesNotContain(Plain.Text(text ?? ""), letter => char.IsControl(letter) && letter is not '\n' and not '\r');

    [Theory]
    [InlineData("naïve Bäse 😀", "naïve Bäse 😀")]
    [InlineData("red\u001b[31m", "red\\u001b[31m")]
    [InlineData("\u202eevil", "\\u202eevil")]
    public void Text_stays_and_what_moves_the_cursor_is_escaped(string text, string plain) => Assert.Equal(plain, Plain.Text(text));

    [Fact]
    public void Half_a_character_is_escaped() => Assert.Equal("a\\ud83d", Plain.Text("a" + (char)0xd83d));

    [Fact]
    public void What_is_too_long_is_cut() => Assert.InRange(Plain.Text(new string('x', 1_000_000)).Length, 1000, 5000);
}
