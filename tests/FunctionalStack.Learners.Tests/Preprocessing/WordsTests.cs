using Xunit;

namespace FunctionalStack.Preprocessing.Tests;

public class WordsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a b c", "")]
    [InlineData("The cat, the CAT!", "the cat the cat")]
    [InlineData("Braund, Mr. Owen Harris", "braund mr owen harris")]
    [InlineData("O'Neil-Smith's A/5 21171", "neil smith 21171")]
    [InlineData("Straße ÉTÉ 12x", "straße été 12x")]
    public void Words_are_runs_of_letters_and_digits(string text, string words) =>
        Assert.Equal(words, string.Join(' ', Words.Of(text)));
}
