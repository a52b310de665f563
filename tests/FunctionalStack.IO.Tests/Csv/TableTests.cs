using System.Globalization;
using System.Text;
using FunctionalStack.Laws;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.IO.Tests.Csv;

public class TableTests
{
    [Property(MaxTest = 60)]
    public Property Any_bytes_read_or_fail_and_never_throw() =>
        Prop.ForAll(Nasty.Bytes.ToArbitrary(), bytes =>
            Table.Parse("x.csv", bytes).Bind(table => table.Frame().Bind(_ => table.Words(table.Header[0])))
                .Match(_ => true, failure => failure.What.Length > 0 && failure.Remedy.Length > 0));

    [Property(MaxTest = 60)]
    public Property Line_numbers_count_the_lines_inside_quoted_cells() =>
        Prop.ForAll(Gen.Choose(0, 4).ListOf(6).ToArbitrary(), breaks =>
        {
            var text = new StringBuilder("word,number\n");
            foreach (var count in breaks) text.Append($"\"a{string.Concat(Enumerable.Repeat("\n", count))}b\",1\n");
            var failure = Csv.Frame(text.Append("c,oops\n").ToString()).Failure();
            return failure.Where == $"train.csv, row 7 (line {8 + breaks.Sum()}), column number";
        });

    [Property(MaxTest = 200)]
    public bool Numbers_read_as_double_Parse_does(double number, int scale)
    {
        foreach (var text in new[] { number.ToString("R", CultureInfo.InvariantCulture),
            (scale / 1000m).ToString(CultureInfo.InvariantCulture), $" {scale} ", $"{scale}e-3", $"+{Math.Abs((long)scale)}" })
        {
            var expected = double.Parse(text, CultureInfo.InvariantCulture);
            var read = Csv.Frame($"x\n{text}\n");
            if (double.IsNaN(expected) ? !((Column.Numeric)read.OrThrow()["x"]).IsMissing(0)
                : Math.Abs(expected) > 1e100 ? !read.Failure().What.Contains("too large")
                : BitConverter.DoubleToInt64Bits(((Column.Numeric)read.OrThrow()["x"])[0])
                    != BitConverter.DoubleToInt64Bits(expected)) return false;
        }

        return true;
    }

    [Theory]
    [InlineData("a,b\n1,x\n2,y\n")]
    [InlineData("\uFEFFa,b\r\n1,x\r\n2,y")]
    [InlineData("a;b\n1;x\n\n2;y\n\n\n")]
    [InlineData("a\tb\r1\tx\r2\ty\r")]
    [InlineData("\"a\",\"b\"\n\"1\",\"x\"\n   \n 2 ,\"y\"\n \n")]
    [InlineData(" a , b \n1,x\n2,y\n")]
    public void Reads_the_ways_people_write_CSV(string text) =>
        Assert.Equal(Frame.Of(("a", Column.Numeric.Of(1, 2)), ("b", Column.Categorical.Of("x", "y"))), Csv.Frame(text).OrThrow());

    [Fact]
    public void Quoted_cells_keep_separators_quotes_and_line_breaks() =>
        Assert.Equal(EquatableArray.Of<string?>("a,b", "say \"hi\"", "two\r\nlines", "5'10\"", "lead"),
            Csv.Table("w,n\n\"a,b\",1\n\"say \"\"hi\"\"\",1\n\"two\r\nlines\",1\n5'10\",1\n lead,1\n").OrThrow().Words("w").OrThrow());

    [Fact]
    public void Missing_cells_are_missing_in_either_kind()
    {
        var frame = Csv.Frame("n,w,all\n1,x,\n,,NA\nNA,NA,\nN/A,N/A,\nNaN,NaN,\nnull,null,\nNULL,NULL,\n ? , ? ,?\nnan,nan,\n2,y,\n")
            .OrThrow();
        Assert.Equal(Column.Numeric.Of(1, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN,
            2), frame["n"]);
        Assert.Equal(Column.Categorical.Of("x", null, null, null, null, null, null, null, null, "y"), frame["w"]);
        Assert.All(Enumerable.Range(0, 10), row => Assert.True(frame["all"].IsMissing(row)));
        Assert.IsType<Column.Numeric>(frame["all"]);
    }

    [Fact]
    public void Integers_keep_their_text_as_strings_and_levels()
    {
        var table = Csv.Table("code\n007\n7\n007\n").OrThrow();
        Assert.Equal(EquatableArray.Of<string?>("007", "7", "007"), table.Words("code").OrThrow());
        Assert.Equal(Column.Categorical.Of("007", "7", "007"), table.Frame(["code"]).OrThrow()["code"]);
        Assert.Equal(Column.Numeric.Of(7, 7, 7), table.Frame().OrThrow()["code"]);
    }

    [Fact]
    public void A_string_among_numbers_fails()
    {
        var text = "Age,w\n" + string.Concat(Enumerable.Range(0, 16).Select(i => $"{i},a\n")) + "abc,a\n";
        var failure = Csv.Frame(text).Failure();
        Assert.Equal("train.csv, row 17 (line 18), column Age", failure.Where);
        Assert.Equal("'abc' in a column whose other 16 values are numbers", failure.What);
        Assert.Equal("Correct the cell, leave it empty, pass --missing 'abc', or declare the column categorical with --categorical Age.",
            failure.Remedy);
        Assert.Equal(17, ((Column.Categorical)Csv.Frame(text, "Age").OrThrow()["Age"]).Levels.Count);
    }

    [Theory]
    [InlineData(95, 5, true)]
    [InlineData(94, 6, false)]
    [InlineData(2, 1, true)]
    [InlineData(1, 1, false)]
    [InlineData(661, 230, false)]
    public void Many_strings_among_numbers_are_categories(int numbers, int words, bool slips)
    {
        var outcome =
            Csv.Frame("x,w\n" + string.Concat(Enumerable.Range(0, numbers).Select(i => $"{i},a\n"))
                + string.Concat(Enumerable.Range(0, words).Select(i => $"w{i},a\n")));
        Assert.Equal(slips, outcome is Outcome<Frame>.Fail);
        if (!slips) Assert.IsType<Column.Categorical>(outcome.OrThrow()["x"]);
    }

    [Theory]
    [InlineData("1e308")]
    [InlineData("-1.0000001e100")]
    [InlineData("inf")]
    [InlineData("-Inf")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    public void A_number_that_is_too_large_fails(string text)
    {
        var failure = Csv.Frame($"a,b\n1,2\n3,{text}\n").Failure();
        Assert.Equal("train.csv, row 2 (line 3), column b", failure.Where);
        Assert.Equal($"'{text}' is too large", failure.What);
        Assert.Contains("magnitude at most 1e100", failure.Remedy);
    }

    [Fact]
    public void A_magnitude_of_1e100_is_still_a_number() =>
        Assert.Equal(Column.Numeric.Of(1e100, -1e100), Csv.Frame("x\n1e100\n-1e100\n").OrThrow()["x"]);

    [Theory]
    [InlineData("", "train.csv", "is empty")]
    [InlineData("\uFEFF", "train.csv", "is empty")]
    [InlineData("\n\n", "train.csv", "is empty")]
    [InlineData("a,b\n", "train.csv", "has a header but no rows")]
    [InlineData("a,b\n1,2\n3\n", "train.csv, line 3", "there are 1 cells, but the header names 2 columns")]
    [InlineData("a,b\n\"x\n\ny\",2\n3,4,5\n", "train.csv, line 5", "there are 3 cells, but the header names 2 columns")]
    [InlineData("a,b,a\n1,2,3\n", "train.csv, line 1", "columns 1 and 3 are both named 'a'")]
    [InlineData("a,,c\n1,2,3\n", "train.csv, line 1", "column 2 of 3 has no name")]
    [InlineData("a,b\n1,2\n3,\"4\n5,6\n", "train.csv, line 3", "a quoted cell opens in the row that starts here and is never closed")]
    [InlineData("a,b\n5'10\",2\n3,\"4\n5,6\n", "train.csv, line 3", "a quoted cell opens in the row that starts here and is never closed")]
    [InlineData("a,b\n1,\"2\"x\n", "train.csv, line 2", "there is text after a cell's closing quote")]
    [InlineData("a,b\n1,\0\n", "train.csv", "holds a NUL byte on line 2: it is a binary file, not text")]
    [InlineData("PK\u0003\u0004xyz", "train.csv", "is a zip archive or a spreadsheet")]
    public void What_is_not_a_table_fails(string text, string where, string what)
    {
        var failure = Csv.Table(text).Failure();
        Assert.Equal((where, what), (failure.Where, failure.What));
        Assert.EndsWith(".", failure.Remedy);
    }

    [Fact]
    public void Text_in_another_encoding_fails()
    {
        Assert.Equal("is not valid UTF-8 on line 3", Table.Parse("x.csv", Encoding.Latin1.GetBytes("a\nb\ncafé\n")).Failure().What);
        Assert.Equal("is UTF-16 text",
            Table.Parse("x.csv", (byte[])[.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a\n1\n")]).Failure().What);
        Assert.Equal("is gzip-compressed", Table.Parse("x.csv", new byte[] { 0x1F, 0x8B, 8, 0 }).Failure().What);
    }

    [Fact]
    public void A_path_without_a_file_fails()
    {
        using var folder = new TempFolder();
        Assert.Equal((folder.At("no.csv"), "no such file"),
            (Table.Read(folder.At("no.csv")).Failure().Where, Table.Read(folder.At("no.csv")).Failure().What));
        Assert.Equal("no such file", Table.Read(folder.At("no/no.csv")).Failure().What);
        Assert.Equal("is a folder, not a file", Table.Read(folder.Path).Failure().What);
        Assert.Equal("is not a path", Table.Read("").Failure().What);
        Assert.Equal("is not a path", Table.Read("a\0b").Failure().What);
    }

    [Fact]
    public void An_unknown_column_fails_and_the_nearest_name_is_offered()
    {
        var table = Csv.Table("Survived,Age\n1,2\n").OrThrow();
        Assert.Equal("Did you mean 'Survived'? The columns are Survived, Age.", table.Words("survivd").Failure().Remedy);
        Assert.Equal("has no column 'xyzzy'", table.Frame(["xyzzy"]).Failure().What);
        Assert.Equal("The columns are Survived, Age.", table.Column("xyzzy").Failure().Remedy);
    }

    [Fact]
    public void Two_thousand_columns_read()
    {
        var wide = string.Join(",", Enumerable.Range(0, 2000).Select(i => $"c{i}")) + "\n" + string.Join(",", Enumerable.Range(0, 2000))
            + "\n";
        Assert.Equal(1999, ((Column.Numeric)Csv.Frame(wide).OrThrow()["c1999"])[0]);
    }

    [SharedFact("titanic/train.csv")]
    public void Kaggle_s_Titanic_reads_as_its_columns_mean()
    {
        var path = Repository.Shared("titanic/train.csv");
        var frame = Table.Read(path).Bind(table => table.Frame()).OrThrow();
        Assert.Equal(891, frame.RowCount);
        Assert.Equal(["Name", "Sex", "Ticket", "Cabin", "Embarked"],
            frame.Columns.Where(c => c.Column is Column.Categorical).Select(c => c.Name));
        Assert.Equal(177, Enumerable.Range(0, 891).Count(frame["Age"].IsMissing));
        Assert.Equal(681, ((Column.Categorical)frame["Ticket"]).Levels.Count);
    }
}
