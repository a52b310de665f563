using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.IO;
using FunctionalStack.IO.Tests.Csv;
using Xunit;

namespace FunctionalStack.Columnar.Tests;

/// <summary>One table in files of each format is one dataset.</summary>
public class SameTableTests
{
    // Any strings, which a CSV file needs declared, since they may all be numbers.
    [Property(MaxTest = 100)]
    public Property Files_of_each_format_give_the_same_frame() => Prop.ForAll(Nasty.Frame.ToArbitrary(), frame =>
    {
        var strings = EquatableArray.From(frame.Columns.Where(named => named.Column is Column.Categorical).Select(named => named.Name));
        var expected = Written.Csv(frame).Frame(strings).OrThrow();
        Assert.Equal(expected, Written.Parquet(Written.ParquetBytes(frame)).OrThrow().Frame().OrThrow());
        Assert.Equal(expected, Written.Arrow(Written.ArrowBytes(frame)).OrThrow().Frame().OrThrow());
    });

    // Strings that no CSV file reads as anything else.
    [Property(MaxTest = 100)]
    public Property Files_of_each_format_give_the_same_dataset() => Prop.ForAll(Labelled.ToArbitrary(), frame =>
    {
        var roles = new TableRoles("target", Id: "id");
        var expected = DatasetReader.Read(Written.Csv(frame), roles).OrThrow();
        Assert.Equal(expected, DatasetReader.Read(Written.Parquet(Written.ParquetBytes(frame)).OrThrow(), roles).OrThrow());
        Assert.Equal(expected, DatasetReader.Read(Written.Arrow(Written.ArrowBytes(frame)).OrThrow(), roles).OrThrow());
    });

    [Property(MaxTest = 100)]
    public Property Rows_to_predict_are_read_alike_from_files_of_each_format() => Prop.ForAll(Labelled.Two().ToArbitrary(), frames =>
    {
        var (train, test) = frames;
        var schema = DatasetReader.Read(Written.Csv(train), new("target", Id: "id")).OrThrow().Schema;
        var expected = Rows(Written.Csv(test));
        Assert.Equal(expected, Rows(Written.Parquet(Written.ParquetBytes(test)).OrThrow()));
        Assert.Equal(expected, Rows(Written.Arrow(Written.ArrowBytes(test)).OrThrow()));

        Frame Rows(Table table) => table.Frame(schema).Bind(schema.Conform).OrThrow();
    });

    private static readonly Gen<string?> word = Nasty.Word.Select(word => word is null ? null : $"w{word}");

    private static readonly Gen<Frame> Labelled =
        from rows in Gen.Choose(2, 12)
        from numbers in Nasty.Number.ArrayOf(rows)
        from words in word.ArrayOf(rows)
        from ids in Gen.Choose(0, 9).ArrayOf(rows)
        from target in Gen.Elements("a", "b,", "\"c\"").ArrayOf(rows)
        select FunctionalStack.Frame.Of(
            ("x", Column.Numeric.Of([.. numbers.Skip(1), 0.5])), ("w", Column.Categorical.Of([.. words.Skip(1), "w"])),
            ("id", Column.Numeric.Of([.. ids.Select(id => (double)id)])),
            ("target", Column.Categorical.Of(["d", .. target.Skip(1)])));

    [Fact]
    public void A_model_of_a_file_with_decimal_commas_reads_numbers_that_have_no_format()
    {
        var schema = DatasetReader.Read(Written.Csv("x;n;y\n1,5;7;a\n1.234,5;08;b\n"), new("y", Categorical: ["n"])).OrThrow().Schema;
        var rows = FunctionalStack.Frame.Of(("x", Column.Numeric.Of(1.234, 2)), ("n", Column.Numeric.Of(8, 7)));
        var frame = Written.Parquet(Written.ParquetBytes(rows)).OrThrow().Frame(schema).Bind(schema.Conform).OrThrow();
        Assert.Equal(Column.Numeric.Of(1.234, 2), frame["x"]);
        Assert.Equal(Column.Categorical.Of("08", "7"), frame["n"]);
    }

    [Fact]
    public void An_option_about_the_text_of_numbers_has_no_effect_on_numbers()
    {
        var frame = FunctionalStack.Frame.Of(("x", Column.Numeric.Of(1.234, -999)), ("s", Column.Categorical.Of("1,5", "a")));
        var read = Written.Parquet(Written.ParquetBytes(frame)).OrThrow()
            .Frame(options: new(DecimalMark.Comma, ["-999"])).OrThrow();
        Assert.Equal(Column.Numeric.Of(1.234, double.NaN), read["x"]);
        Assert.Equal(Column.Categorical.Of("1,5", "a"), read["s"]);
    }

    [Fact]
    public void Strings_of_digits_stay_strings_except_in_roles_that_need_numbers()
    {
        var frame = FunctionalStack.Frame.Of(
            ("x", Column.Categorical.Of("1", "2", "3")), ("w", Column.Categorical.Of("1", "2", "1")),
            ("t", Column.Categorical.Of("2024-01-01", "2024-01-03", "2024-01-02")), ("y", Column.Categorical.Of("0", "1", "1")));
        var data = DatasetReader.Read(Written.Arrow(Written.ArrowBytes(frame)).OrThrow(), new("y", Weights: "w", Time: "t"))
            .OrThrow().Dataset;
        Assert.Equal(Column.Categorical.Of("1", "2", "3"), data.Frame["x"]);
        Assert.Equal(3, data.Weights!.Value.Count);
        Assert.Equal(86_400, data.Roles.Time!.Value[2] - data.Roles.Time.Value[0]);
    }
}
