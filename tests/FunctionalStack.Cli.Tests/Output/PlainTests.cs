using FsCheck.Xunit;
using FunctionalStack.Cli.Output;
using Xunit;

namespace FunctionalStack.Cli.Tests.Output;

public class PlainTests
{
    [Property]
    public void Only_line_breaks_are_left_of_control_characters(string? text) =>
        Assert.DoesNotContain(Plain.Text(text ?? ""), letter => char.IsControl(letter) && letter is not '\n' and not '\r');

    [Theory]
    [InlineData("naïve Bäse 😀", "naïve Bäse 😀")]
    [InlineData("red\u001b[31m", "red\\u001b[31m")]
    [InlineData("\u202eevil", "\\u202eevil")]
    public void Text_is_kept_and_control_characters_are_escaped(string text, string plain) => Assert.Equal(plain, Plain.Text(text));

    [Fact]
    public void An_unpaired_surrogate_is_escaped() => Assert.Equal("a\\ud83d", Plain.Text("a" + (char)0xd83d));

    [Fact]
    public void Long_text_is_truncated() => Assert.InRange(Plain.Text(new string('x', 1_000_000)).Length, 1000, 5000);
}
