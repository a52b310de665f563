using Xunit;

namespace FunctionalStack.Core.Tests.Data;

public class TextsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a b c", "")]
    [InlineData("The cat, the CAT!", "the cat the cat")]
    [InlineData("Braund, Mr. Owen Harris", "braund mr owen harris")]
    [InlineData("O'Neil-Smith's A/5 21171", "neil smith 21171")]
    [InlineData("Straße ÉTÉ 12x", "straße été 12x")]
    public void Words_are_runs_of_letters_and_digits(string text, string words) =>
        Assert.Equal(words, string.Join(' ', Texts.WordsOf(text)));

    [Theory]
    [InlineData(20, 1, "dear kind reader {0}{0}", true)]
    [InlineData(19, 1, "dear kind reader {0}{0}", false)]
    [InlineData(20, 2, "dear kind reader {0}{0}", true)]
    [InlineData(20, 3, "dear kind reader {0}{0}", false)]
    [InlineData(200, 1, "ticket {0}{0}", false)]
    [InlineData(200, 1, "{0}", false)]
    [InlineData(200, 1, "3f2504e0-4f89-41d3-9a0c-0305e82c{0}", false)]
    [InlineData(200, 1, "192.168.17.{0}", false)]
    [InlineData(200, 1, "52.1234;13.45{0}", false)]
    [InlineData(200, 1, "the red house, no {0}", true)]
    public void Texts_are_many_differ_and_have_several_words(int levels, int times, string format, bool are) => Assert.Equal(are,
        Texts.Are(Column.Categorical.Of([null, null, .. Enumerable.Range(0, levels * times)
            .Select(row => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, row % levels))])));

    [Fact]
    public void The_schema_of_texts_has_no_levels_and_takes_new_ones_without_a_note()
    {
        var column = Column.Categorical.Of([.. Enumerable.Range(0, 30).Select(row => $"dear kind reader {row}{row}")]);
        var schema = Schema.Of(Frame.Of(("t", column)));
        Assert.Equal(new ColumnSchema.Texts("t"), Assert.Single(schema.Columns));
        var rows = Frame.Of(("t", Column.Categorical.Of("something else", null)));
        var conformed = schema.Conform(rows);
        Assert.Empty(conformed.Notes);
        Assert.Same(rows, conformed.OrThrow());
        Assert.Equal(Column.Categorical.Of("7", null), schema.Conform(Frame.Of(("t", Column.Numeric.Of(7, double.NaN)))).OrThrow()["t"]);
    }
}
