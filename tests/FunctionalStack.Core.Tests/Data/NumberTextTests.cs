using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Core.Tests.Data;

public class NumberTextTests
{
    private static readonly TextFormat Comma = new(DecimalMark.Comma, Grouped: true);
    private static readonly TextFormat Point = new(Grouped: true);

    /// <summary>A number written with a point, and the same with a comma; thousands separated or not.</summary>
    [Property]
    public Property A_decimal_comma_is_a_decimal_point_written_otherwise() =>
        Prop.ForAll(Gen.Choose(-2_000_000_000, 2_000_000_000).Zip(Gen.Elements("", ",", " ", "'", "\u00A0", "\u202F", "\u2019"))
            .ToArbitrary(), pair =>
        {
            var number = pair.Item1 / 1000m;
            var culture = new NumberFormatInfo { NumberGroupSeparator = pair.Item2 };
            var text = number.ToString(pair.Item2.Length > 0 ? "N3" : "F3", culture);
            var swapped = text.Replace('.', ';').Replace(',', '.').Replace(';', ',');
            return (Point.Number(text) == (double)number && Comma.Number(swapped) == (double)number).Label(text);
        });

    [Property]
    public bool White_space_around_a_number_is_no_part_of_it(double number, bool comma)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        if (comma) text = text.Replace('.', ',');
        var format = comma ? Comma : Point;
        return !double.IsFinite(number)
            || (format.Number($" \u00A0{text}\t") is { } read && read == number && format.Number(text) == number);
    }

    [Theory]
    [InlineData("1,234", 1234d)]
    [InlineData("1,234,567.5", 1234567.5)]
    [InlineData("12,34,567", 1234567d)]
    [InlineData("\u22125", -5d)]
    [InlineData("(1,200.50)", -1200.5)]
    [InlineData("1 234", 1234d)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5d)]
    [InlineData("+1e-3", 0.001)]
    [InlineData("0,234", null)]
    [InlineData("1,23", null)]
    [InlineData("12,3456", null)]
    [InlineData("1.2.3", null)]
    [InlineData("1,234 567", null)]
    [InlineData("--5", null)]
    [InlineData("5 apples", null)]
    [InlineData("0x1F", null)]
    [InlineData("10:30", null)]
    [InlineData("", double.NaN)]
    public void By_the_point(string text, double? number) => Assert.Equal(number, Point.Number(text));

    [Theory]
    [InlineData("1.234", 1234d)]
    [InlineData("1.234.567,5", 1234567.5)]
    [InlineData("0,234", 0.234)]
    [InlineData("1234,5", 1234.5)]
    [InlineData("1,5e3", 1500d)]
    [InlineData("12.5", null)]
    [InlineData("1234.567", null)]
    public void By_the_comma(string text, double? number) => Assert.Equal(number, Comma.Number(text));

    [Theory]
    [InlineData("$12", "$", 12d)]
    [InlineData("-$12.50", "$", -12.5)]
    [InlineData("12 €", "€", 12d)]
    [InlineData("EUR 12", "EUR", 12d)]
    [InlineData("12 %", "%", 12d)]
    [InlineData("12", "€", 12d)]
    [InlineData("12", "%", null)]
    [InlineData("0", "%", 0d)]
    [InlineData("$12", "€", null)]
    [InlineData("12%", "", null)]
    [InlineData("$12 %", "$", null)]
    public void Units_are_those_of_training(string text, string unit, double? number) =>
        Assert.Equal(number, new TextFormat(Unit: unit).Number(text));

    [Fact]
    public void A_lone_separator_that_training_did_not_have_is_not_guessed_at()
    {
        Assert.Null(new TextFormat().Number("1,234"));
        Assert.Null(new TextFormat(DecimalMark.Comma).Number("1.234"));
        Assert.Equal(1234567, new TextFormat().Number("1,234,567"));
        Assert.Equal(1.234, new TextFormat(DecimalMark.Comma).Number("1,234"));
    }

    [Theory]
    [InlineData("1.0", true)]
    [InlineData("007", true)]
    [InlineData("-3", true)]
    [InlineData("1e5", false)]
    [InlineData("9007199254740993", false)]
    [InlineData("1,5", false)]
    public void Exact_numbers_are_plain_and_short(string text, bool exact) => Assert.Equal(exact, NumberText.TryExact(text, out _));
}
