using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.IO.Tests.Csv;

public class CsvFileTests
{
    [Property(MaxTest = 100)]
    public Property Writing_and_reading_gives_the_same_cells_back() => Prop.ForAll(Nasty.Frame.ToArbitrary(), frame =>
    {
        var table = Table.Parse("x.csv", Written(frame)).OrThrow();
        var read = table.Frame(Schema.Of(frame)).Bind(Schema.Of(frame).Conform).OrThrow();
        return (read == frame && table.RowCount == frame.RowCount).Label(Encoding.UTF8.GetString(Written(frame)));
    });

    [Fact]
    public void Numbers_are_shortest_and_invariant_and_missing_cells_empty() =>
        Assert.Equal("x,w\n0.1,\"a,b\"\n-0,\n,\"say \"\"hi\"\"\"\n1E-07,é\n123456789.125,\" \n\"\n",
            Encoding.UTF8.GetString(Written(Frame.Of(("x", Column.Numeric.Of(0.1, -0.0, double.NaN, 1e-7, 123456789.125)),
                ("w", Column.Categorical.Of("a,b", null, "say \"hi\"", "é", " \n"))))));

    [Fact]
    public void A_lone_missing_cell_is_not_a_blank_line() =>
        Assert.Equal(3, Table.Parse("x.csv", Written(Frame.Of(("x", Column.Numeric.Of(1, double.NaN, double.NaN))))).OrThrow().RowCount);

    [Fact]
    public void A_file_is_written_to_the_path_given()
    {
        using var folder = new TempFolder();
        Assert.Equal(folder.At("p.csv"), CsvFile.Write(folder.At("p.csv"), Frame.Of(("x", Column.Numeric.Of(1)))).OrThrow());
        Assert.Equal("x\n1\n", File.ReadAllText(folder.At("p.csv")));
    }

    private static byte[] Written(Frame frame)
    {
        using var stream = new MemoryStream();
        CsvFile.Write(stream, frame);
        return stream.ToArray();
    }
}
