using Xunit;

namespace FunctionalStack.IO.Tests.Csv;

/// <summary>Tables read by the schema of a model, and conformed to it.</summary>
public class TableBySchemaTests
{
    private static readonly Schema Trained =
        Schema.Of(Frame.Of(("age", Column.Numeric.Of(1, 2)), ("port", Column.Categorical.Of("S", "C")),
            ("deck", Column.Categorical.Of("1", "2"))));

    [Fact]
    public void Columns_are_found_by_name_and_others_left_out()
    {
        var frame = Conformed(Csv.Table("deck,extra,port,age\n2,oops,S,3\n1,1,,\n")).OrThrow();
        Assert.Equal(Frame.Of(("age", Column.Numeric.Of(3, double.NaN)), ("port", new Column.Categorical(["C", "S"], [1, -1])),
            ("deck", new Column.Categorical(["1", "2"], [1, 0]))), frame);
    }

    [Fact]
    public void New_categories_come_after_those_of_training() =>
        Assert.Equal(new Column.Categorical(["C", "S", "A", "Q"], [3, 1, 2]),
            Conformed(Csv.Table("age,port,deck\n1,Q,1\n1,S,1\n1,A,1\n")).OrThrow()["port"]);

    [Fact]
    public void Categories_may_be_mostly_numbers() =>
        Assert.Equal(EquatableArray.Of("1", "2", "B5"),
            ((Column.Categorical)Conformed(Csv.Table("age,port,deck\n1,S,1\n1,S,2\n1,S,B5\n")).OrThrow()["deck"]).Levels);

    [Fact]
    public void A_lacking_column_fails()
    {
        var failure = Conformed(Csv.Table("age,prt,deck\n1,S,1\n")).Failure();
        Assert.Equal(("train.csv", "has no column 'port'"), (failure.Where, failure.What));
        Assert.StartsWith("Did you mean 'prt'?", failure.Remedy);
        Assert.Equal("has no columns 'port', 'deck'", Conformed(Csv.Table("age,x\n1,S\n")).Failure().What);
    }

    [Fact]
    public void A_string_where_training_had_numbers_fails()
    {
        var failure = Conformed(Csv.Table("age,port,deck\n1,S,1\nold,S,1\nyoung,S,1\n")).Failure();
        Assert.Equal(("train.csv, row 2 (line 3), column age", "'old' is not a number"), (failure.Where, failure.What));
        Assert.Equal("'1e200' is too large", Conformed(Csv.Table("age,port,deck\n1e200,S,1\n")).Failure().What);
    }

    [Fact]
    public void Booleans_may_be_strings_or_numbers()
    {
        var (numbers, words) =
            (Schema.Of(Frame.Of(("t", Column.Numeric.Of(1)))), Schema.Of(Frame.Of(("t", Column.Categorical.Of("True", "False")))));
        var (digits, letters) = (Csv.Table("t\n1\n\"\"\n0\n").OrThrow(), Csv.Table("t\ntrue\n\"\"\nFALSE\n").OrThrow());
        Assert.Equal(Column.Numeric.Of(1, double.NaN, 0), letters.Frame(numbers).Bind(numbers.Conform).OrThrow()["t"]);
        Assert.Equal(Column.Categorical.Of("True", null, "False"), digits.Frame(words).Bind(words.Conform).OrThrow()["t"]);
        Assert.Equal("'maybe' is not a number", Csv.Table("t\nmaybe\n").OrThrow().Frame(numbers).Failure().What);
        Assert.Equal("'true' is not a number", Csv.Table("t\ntrue\n1\n").OrThrow().Frame(numbers).Failure().What);
    }

    /// <summary>A single row cannot show its format: the format of the training data is used.</summary>
    [Theory]
    [InlineData("1.234,5|12,25", "1,234", 1.234)]
    [InlineData("1.234,5|12,25", "1.234", 1234)]
    [InlineData("1,5|12,25", "1,234", 1.234)]
    [InlineData("1,234.5|12.25", "1,234", 1234)]
    [InlineData("12,5 €|-", " 3,5 ", 3.5)]
    [InlineData("12%|-", "3%", 3)]
    [InlineData("12,5|-", "None", double.NaN)]
    public void Numbers_are_read_as_training_wrote_them(string trained, string cell, double number) =>
        Assert.Equal(Column.Numeric.Of(number), Later(trained, cell).OrThrow()["x"]);

    [Theory]
    [InlineData("1.5|2.5", "1,234", "'1,234' is not a number")]
    [InlineData("1,5|2,5", "1.234", "'1.234' is not a number in the format of the training data (decimal comma)")]
    [InlineData("1,5|2,5", "1.5", "'1.5' is not a number in the format of the training data (decimal comma)")]
    [InlineData("12%|13%", "0.12", "'0.12' is not a number in the format of the training data (decimal point, in %)")]
    [InlineData("31.12.2024|1.1.2025", "12/31/2024", "'12/31/2024' is not a date in the order of the training data (day first)")]
    public void Numbers_and_dates_written_otherwise_are_refused(string trained, string cell, string what) =>
        Assert.Equal(what, Later(trained, cell).Failure().What);

    [Fact]
    public void Dates_are_read_as_training_wrote_them()
    {
        var later = Later("31/12/2024|01/02/2025", "01/02/2026").OrThrow();
        Assert.Equal(["x:days", "x:year", "x:month", "x:weekday", "w"], later.Names);
        Assert.Equal((Column.Numeric.Of(2), Column.Numeric.Of(7)), (later["x:month"], later["x:weekday"]));
        Assert.Equal("has no column 'x'", Csv.Table("w\na\n").Bind(table => table.Frame(SchemaOf("31/12/2024|01/02/2025"))).Failure().What);
    }

    [Fact]
    public void Options_given_at_prediction_win()
    {
        var schema = SchemaOf("1.5|2.5").ReadBy(new(DecimalMark.Comma, ["-999"]));
        Assert.Equal(Column.Numeric.Of(1.234, double.NaN, double.NaN),
            Csv.Table("x;w\n1,234;a\n-999;a\n-999,0;a\n").Bind(table => table.Frame(schema)).OrThrow()["x"]);
    }

    private static Schema SchemaOf(string cells) =>
        Schema.Of(Csv.Frame("x;w\n" + string.Concat(cells.Split('|').Select(cell => $"{cell};a\n"))).OrThrow());

    private static Outcome<Frame> Later(string trained, string cell)
    {
        var schema = SchemaOf(trained);
        return Csv.Table($"w;x\na;{cell}\n").Bind(table => table.Frame(schema)).Bind(schema.Conform);
    }

    private static Outcome<Frame> Conformed(Outcome<Table> table) => table.Bind(read => read.Frame(Trained)).Bind(Trained.Conform);
}
