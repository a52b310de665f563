using FsCheck.Xunit;
using FunctionalStack.Reporting.Markup;
using Xunit;

namespace FunctionalStack.Reporting.Tests.Markup;

public class PlainTextTests
{
    [Property]
    public void Escaped_text_has_no_markup_and_no_control_characters(string? text)
    {
        var escaped = PlainText.Escaped(text ?? "");
        Assert.DoesNotContain(escaped, letter => letter is '<' or '>' or '"' or '\'' || char.IsControl(letter));
        Assert.All(escaped.Split('&').Skip(1), rest => Assert.Matches("^(amp|lt|gt|quot|#39);", rest));
        Assert.Equal(escaped, new string([.. escaped.EnumerateRunes().SelectMany(rune => rune.ToString())]));
    }

    [Theory]
    [InlineData("</script><img onerror=\"x\">", "&lt;/script&gt;&lt;img onerror=&quot;x&quot;&gt;")]
    [InlineData("a\u0000b\u001bc\u202ed\u2028e\ud800f", "abcdef")]
    [InlineData("line\nbreak\tö", "line break ö")]
    [InlineData("prix en € 中文 👍", "prix en € 中文 👍")]
    public void Text_is_kept_but_for_what_is_unsafe(string text, string escaped) => Assert.Equal(escaped, PlainText.Escaped(text));

    [Property]
    public void Shortened_text_is_short_and_begins_like_the_text(string? text)
    {
        var shown = PlainText.Short(text ?? "", 5);
        Assert.True(new System.Globalization.StringInfo(shown).LengthInTextElements <= 5);
        Assert.StartsWith(shown.TrimEnd('…'), text ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_name_has_the_whole_name_as_its_title() =>
        Assert.Equal("<span title=\"a long name of a column\">a long n…</span>", PlainText.Name("a long name of a column", 9).ToString());

    [Fact]
    public void Numbers_are_short()
    {
        Assert.Equal(["0", "-", "0.3333", "12.35", "1,235", "123,457", "1.23e+8", "1.23e-5", "-2.5"],
            new[] { 0, double.NaN, 1 / 3.0, 12.3456, 1234.56, 123456.78, 1.23e8, 1.23e-5, -2.5 }.Select(Figures.Few));
        Assert.Equal(["0%", "<0.1%", "0.4%", "5%", "50%", "99.9%", "100%"],
            new[] { 0, 0.0001, 0.004, 0.05, 0.5, 0.999, 1 }.Select(Figures.Percent));
    }
}
