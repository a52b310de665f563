using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.IO.Tests.Csv;

/// <summary>How the columns of training rows are read.</summary>
public class ColumnReaderTests
{
    private static readonly string[] Spellings =
        ["", "NA", "None", "-", ".", "#N/A", "nan", "<NA>", "NULL", "\\N", "?", "n/a", "#DIV/0!", " - "];

    /// <summary>Numbers with two decimals and missing values: the result is the same for any spelling of them and any order of
    /// rows.</summary>
    [Property(MaxTest = 60)]
    public Property Spelling_changes_no_value() => Prop.ForAll(
        Gen.Choose(-99_999, 99_999).Zip(Gen.Choose(0, 3)).NonEmptyListOf().Zip(Gen.Elements(Spellings)).ToArbitrary(),
        pair =>
        {
            var (cells, missing) = pair;
            var numbers = cells.Select(cell => cell.Item2 == 0 ? double.NaN : (double)(cell.Item1 / 100m)).ToArray();
            if (numbers.All(double.IsNaN)) return true.ToProperty();
            var expected = Column.Numeric.Of(numbers);
            return (Read(numbers, missing, "0.00", 1) == expected && Read(numbers, missing, "0,00", 1) == expected
                && Read([.. numbers.Reverse()], missing, "0,00", 1) == Column.Numeric.Of([.. numbers.Reverse()])).Label(missing);
        });

    private static Column Read(double[] numbers, string missing, string format, int pad)
    {
        var cells = numbers.Select(number => double.IsNaN(number) ? missing
            : number.ToString("0.00", CultureInfo.InvariantCulture).Replace('.', format[1]))
                .Select(cell => $"{cell.PadRight(cell.Length + pad)};x\n");
        return Csv.Frame("n;w\n" + string.Concat(cells)).OrThrow()["n"];
    }

    [Theory]
    [InlineData("1.234,5|12", "decimal comma, thousands separated")]
    [InlineData("1,5|2,25", "decimal comma")]
    [InlineData("$1,200.50|$3", "decimal point, thousands separated, in $")]
    [InlineData("12 %|3.5%", "decimal point, in %")]
    [InlineData("12,5 kg|3 kg", "decimal comma, in kg")]
    [InlineData("1 200 kr|3 kr", "decimal point, in kr")]
    [InlineData("1 234|5 000 000", "decimal point")]
    [InlineData("1'234.5|2", "decimal point")]
    [InlineData("(5)|\u22126", "decimal point")]
    public void Formats_are_found(string cells, string format)
    {
        var frame = Csv.Frame(Lines(cells)).OrThrow();
        Assert.IsType<Column.Numeric>(frame["x"]);
        Assert.Equal(format, frame.Columns[0].Text.ToString());
    }

    [Theory]
    [InlineData("1,234|5,678", "column 'x': '1,234' is read as 1234; if it means 1.234, pass --decimal comma")]
    [InlineData("$1.234|$5.678", "column 'x': '$1.234' is read as 1.234; if it means 1234, pass --decimal comma")]
    [InlineData("01/02/2024|03/04/2024",
        "column 'x': '01/02/2024' may have the day or the month first, and no other cell decides it; it is read month first (to change "
            + "it, pass --dates day-first)")]
    [InlineData("1|2|a|b|3",
        "column 'x': is read as categories: 3 of 5 values are numbers, but 2 are not, such as 'a' in row 3; if these are missing values, "
            + "pass --missing 'a'")]
    [InlineData("2024-01-01|2024-01-02|x|y",
        "column 'x': is read as categories: 2 of 4 values are dates, but 2 are not, such as 'x' in row 3; if these are missing values, "
            + "pass --missing 'x'")]
    [InlineData("2024-01-01T10:00Z|2024-01-02 10:00",
        "column 'x': 1 of 2 times have an offset from universal time; the others are read as universal time")]
    [InlineData("a|1|1.0|b", "column 'x': '1' and '1.0' are different categories, but are the same number")]
    [InlineData("a|yes|b|Yes", "column 'x': 'Yes' and 'yes' are different categories, but differ only in case")]
    [InlineData("1000|12 kg|5 kg", "column 'x': is read as categories: its numbers have different units, 'kg' and that of '1000' in row 1")]
    [InlineData("12 kg|5 lb", "column 'x': is read as categories: its numbers have different units, 'kg' and that of '5 lb' in row 2")]
    [InlineData("20241231|20250101",
        "column 'x': its numbers look like dates, such as 20241231, and are read as numbers; write 2024-12-31 to have a date")]
    [InlineData("red|None|None", "kept as categories (to read as missing, pass --missing): 'None' in x (2)")]
    [InlineData("1|-|-|NA", "missing: '-' in x (2), 'NA' in x (1)")]
    [InlineData("|NA", "no value at all: x")]
    [InlineData("31.12.2024|2025-01-01|02.01.2025", "dates (day first): x, as x:days, :year, :month, :weekday")]
    [InlineData("31.12.2024|01.01.2025", "dates (day first): x, as x:days, :year, :month, :weekday")]
    public void Ambiguous_formats_give_a_note(string cells, string note) =>
        Assert.Contains(note, Csv.Frame(Lines(cells)).Notes.Select(predicted => predicted.ToString()));

    [Theory]
    [InlineData("1,5|2.5|3", "'1,5' has a decimal comma, but '2.5' in row 2 has a decimal point")]
    [InlineData("12%|13", "'13' in a column whose other values have the sign '%'")]
    [InlineData("$1|€2", "'€2' in a column whose other values have the sign '$'")]
    [InlineData("2024-01-01|2024-01-02|2024-02-30", "'2024-02-30' in a column whose other 2 values are dates")]
    [InlineData("1,5|2,5|abc|3,5", "'abc' in a column whose other 3 values are numbers")]
    [InlineData("1,5|1e200", "'1e200' is too large")]
    public void What_cannot_be_read_one_way_is_refused(string cells, string what) =>
        Assert.Equal(what, Csv.Frame(Lines(cells)).Failure().What);

    [Fact]
    public void Other_columns_decide_an_ambiguous_column()
    {
        const string text = "a;b;c\n1,5;1.234;1,234\n2,5;2.500;2,500\n";
        var frame = Csv.Frame(text);
        Assert.Equal((Column.Numeric.Of(1234, 2500), Column.Numeric.Of(1.234, 2.5)), (frame.OrThrow()["b"], frame.OrThrow()["c"]));
        Assert.Equal(["column 'b'", "column 'c'"], frame.Notes.Select(note => note.Where).Where(where => where.Length > 0));
        Assert.Contains("pass --decimal point",
            Assert.Single(Csv.Frame("a;b\n623.000;x\n12.500;y\n").Notes, note => note.Where == "column 'a'").What);
        Assert.Empty(Csv.Frame("a,b\n623.000,x\n12.500,y\n").Notes);
        Assert.Equal(Column.Numeric.Of(0.84, 2.501), Csv.Frame("a;b\n1,5;0.840\n2,5;2.501\n").OrThrow()["b"]);
    }

    [Fact]
    public void Given_options_win()
    {
        Frame Read(string text, TextOptions options) => Csv.Table(text).Bind(table => table.Frame(options: options)).OrThrow();
        Assert.Equal(Column.Numeric.Of(1.234, 5), Read("x;w\n1,234;a\n5;a\n", new(DecimalMark.Comma))["x"]);
        Assert.Equal(Column.Numeric.Of(1234, 5), Read("x;w\n1,234;a\n5;a\n", new(DecimalMark.Point))["x"]);
        Assert.Equal(Column.Numeric.Of(1234, 5), Read("x;w\n1.234;a\n5;a\n", new(DecimalMark.Comma))["x"]);
        Assert.Equal(Column.Numeric.Of(1, double.NaN), Read("x,w\n1,a\n-999,a\n", new(Missing: ["-999"]))["x"]);
        Assert.Equal(Column.Categorical.Of("a", null), Read("x\na\nNone\n", new(Missing: ["None"]))["x"]);
        Assert.Equal(Column.Numeric.Of(2, 3), Read("x\n01/02/2024\n02/03/2024\n", new(Dates: DateOrder.DayFirst))["x:month"]);
    }

    [Fact]
    public void Excel_s_first_line_names_the_separator_and_lines_are_counted_with_it()
    {
        const string text = "\uFEFFsep=;\r\na;b\r\n1,5;x\r\n2,5;y\r\n";
        Assert.Equal(Frame.Of(("a", Column.Numeric.Of(1.5, 2.5)), ("b", Column.Categorical.Of("x", "y"))), Csv.Frame(text).OrThrow());
        Assert.Equal("train.csv, line 5", Csv.Table(text + "3\r\n").Failure().Where);
    }

    [Theory]
    [InlineData("x\n1\n\n2\n", 2, "train.csv: line 3 is blank and is not read as a row")]
    [InlineData("x\n1\n\"\"\n2\n", 3, null)]
    [InlineData("\nx,y\n1,2\n  \n\n3,\"a\n\nb\"\n\n", 2, "train.csv: 3 blank lines are not read as rows, the first of them line 4")]
    [InlineData("x,y\n,\n1,2\n", 2, null)]
    public void Blank_lines_give_a_note(string text, int rows, string? note)
    {
        var frame = Csv.Frame(text);
        Assert.Equal(rows, frame.OrThrow().RowCount);
        Assert.Equal(note is null ? [] : [note],
            frame.Notes.Select(predicted => predicted.ToString()).Where(predicted => predicted.Contains("blank")));
    }

    [Fact]
    public void White_space_is_not_part_of_a_category() =>
        Assert.Equal(Column.Categorical.Of("a", "a", "b c", null), Csv.Frame("w,n\n a,1\na\u00A0,1\n\"b c \",1\n  ,1\n").OrThrow()["w"]);

    private static string Lines(string cells) => "x\tw\n" + string.Concat(cells.Split('|').Select(cell => $"{cell}\tk\n"));

    /// <summary>A number is missing by its value in any spelling; a string only in exactly this spelling.</summary>
    [Theory]
    [InlineData("-999.0|1|-999|-9.99e2|-9990", new[] { double.NaN, 1, double.NaN, double.NaN, -9990 })]
    [InlineData("-999,0|1,5|-999", new[] { double.NaN, 1.5, double.NaN })]
    [InlineData("€ -999.00|€ 1.50", new[] { double.NaN, 1.5 })]
    public void A_further_spelling_that_is_a_number_stands_for_its_value(string cells, double[] numbers)
    {
        var read = Csv.Table("x;w\n" + string.Concat(cells.Split('|').Select(cell => $"{cell};-999.0\n")))
            .Bind(table => table.Frame(categorical: ["w"], options: new(Missing: ["-999"])));
        Assert.Equal(Column.Numeric.Of(numbers), read.OrThrow()["x"]);
        Assert.Equal(EquatableArray.Of("-999.0"), ((Column.Categorical)read.OrThrow()["w"]).Levels);
    }

    [Theory]
    [InlineData("12345678901234567890|12345678901234567891", "whole numbers beyond 2^53 are rounded to 16 or 17 digits, such as "
        + "'12345678901234567890' to 1.2345678901234567E+19")]
    [InlineData("1|-9007199254740993", "whole numbers beyond 2^53 are rounded to 16 or 17 digits, such as '-9007199254740993' to "
        + "-9007199254740992")]
    [InlineData("$9,007,199,254,740,993|$1", "whole numbers beyond 2^53 are rounded to 16 or 17 digits, such as "
        + "'$9,007,199,254,740,993' to 9007199254740992")]
    [InlineData("1|-1e-400", "'-1e-400' in row 2 is too small for a double, and is read as 0")]
    [InlineData("1|0.00001e-320", "'0.00001e-320' in row 2 is too small for a double, and is read as 0")]
    public void Numbers_that_a_double_does_not_hold_are_noted(string cells, string what)
    {
        var frame = Csv.Frame(Lines(cells));
        Assert.IsType<Column.Numeric>(frame.OrThrow()["x"]);
        Assert.Equal(what, Assert.Single(frame.Notes, note => note.Where == "column 'x'").What);
        var again = Csv.Table(Lines(cells)).Bind(table => table.Frame(Schema.Of(frame.OrThrow())));
        Assert.Equal(what, Assert.Single(again.Notes).What);
    }

    [Theory]
    [InlineData("9007199254740992|-9007199254740994")]
    [InlineData("1e20|1.5e300")]
    [InlineData("9007199254740993.5|0.12345678901234567890")]
    [InlineData("0|-0.000")]
    [InlineData("0e5|0.0e-400")]
    public void Other_numbers_are_not_noted(string cells) =>
        Assert.DoesNotContain(Csv.Frame(Lines(cells.Replace("e300", "e30"))).Notes, note => note.Where == "column 'x'");
}
