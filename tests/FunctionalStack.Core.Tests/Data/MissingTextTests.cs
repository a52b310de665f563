using Xunit;

namespace FunctionalStack.Core.Tests.Data;

public class MissingTextTests
{
    [Fact]
    public void Spellings_missing_in_categorical_columns_are_missing_in_numeric_ones()
    {
        Assert.All(MissingText.Anywhere, text => Assert.True(MissingText.InWords($" {text} ") && MissingText.InNumbers(text), text));
        Assert.All(MissingText.AmongNumbers, text => Assert.True(MissingText.InNumbers($"\t{text}"), text));
    }

    [Theory]
    [InlineData("None")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("na")]
    [InlineData(".A")]
    [InlineData("none")]
    public void Strings_that_may_mean_something_are_kept(string text)
    {
        Assert.False(MissingText.InWords(text));
        Assert.True(MissingText.InNumbers(text));
        Assert.True(MissingText.InWords(text, [text]));
    }

    [Theory]
    [InlineData("Nantes")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("x")]
    public void Other_texts_are_not_missing(string text) => Assert.False(MissingText.InNumbers(text) || MissingText.InWords(text));

    [Fact]
    public void Further_spellings_are_letter_for_letter() =>
        Assert.Equal([true, false], [MissingText.InNumbers(" -999 ", ["-999"]), MissingText.InNumbers("-99", ["-999"])]);
}
