using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.IO.Tests.Csv;

/// <summary>A file read in blocks is the file read whole.</summary>
public sealed class TableBlocksTests : IDisposable
{
    private static readonly string[] Breaks = ["\n", "\r\n", "\r"];

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Quoted separators, line breaks and quotes, quotes inside a cell, blank lines, all line breaks, with or without one at the end.
    private static Gen<string> Text { get; } =
        from width in Gen.Choose(1, 3)
        from lineBreak in Gen.Elements(Breaks)
        from rows in Gen.OneOf(
            Gen.Elements("1", "-2.5", "", "a", "5'10\"", "\"a,b\"", "\"x\ny\"", "\"\r\n\"", "\"say \"\"é\"\"\"", "漢", "\"\"", " b ")
                .ArrayOf(width).Select(cells => string.Join(',', cells)),
            Gen.Elements("", "", " ")).ListOf(25)
        from before in Gen.Elements("", "\uFEFF", "sep=,\n")
        from end in Gen.Elements("", lineBreak)
        select before + string.Join(lineBreak, rows.Prepend(string.Join(',', Enumerable.Range(0, width).Select(at => $"c{at}")))) + end;

    private static Gen<(string, int)> Cut { get; } = Text.SelectMany(text => Gen.Choose(1, 60).Select(bytes => (text, bytes)));

    [Property(MaxTest = 500)]
    public Property Blocks_have_the_cells_the_positions_and_the_blank_lines_of_the_whole() => Prop.ForAll(Cut.ToArbitrary(), cut =>
    {
        var (text, bytes) = cut;
        File.WriteAllText(folder.At("t.csv"), text);
        var whole = Table.Read(folder.At("t.csv"));
        var (tables, notes, failure) = Blocks(bytes);
        Assert.Equal(whole is Outcome<Table>.Fail fail ? fail.Failure : null, failure);
        if (whole is not Outcome<Table>.Ok { Value: var table }) return;
        Assert.Equal(Cells(table), tables.SelectMany(Cells));
        Assert.Equal(table.Blank, notes);
        Assert.Equal(Positions(table), tables.SelectMany(Positions));
        Assert.Equal(table.RowCount, tables.Sum(block => block.RowCount));
        Assert.DoesNotContain(tables, block => block.RowCount == 0);
    });

    [Theory]
    [InlineData("a,b\n1,2\n\n3,4\n5\n", "t.csv, line 5", "there are 1 cells, but the header names 2 columns")]
    [InlineData("a,b\n1,2\n\"x\ny\",4\n5,\"6\n7,8\n", "t.csv, line 5",
        "a quoted cell opens in the row that starts here and is never closed")]
    [InlineData("a,b\n1,2\n3,4\0\n", "t.csv", "holds a NUL byte on line 3: it is a binary file, not text")]
    [InlineData("a,b\n\n\n", "t.csv", "has a header but no rows")]
    [InlineData("", "t.csv", "is empty")]
    [InlineData("a,a\n1,2\n", "t.csv, line 1", "columns 1 and 2 are both named 'a'")]
    public void The_first_faulty_block_fails_with_its_line_in_the_file(string text, string where, string what)
    {
        File.WriteAllText(folder.At("t.csv"), text);
        var (_, _, failure) = Blocks(1);
        Assert.Equal((folder.At(where), what), (failure!.Where, failure.What));
    }

    [Fact]
    public void A_byte_that_is_not_UTF_8_is_found_in_any_block()
    {
        File.WriteAllBytes(folder.At("t.csv"), [.. "a\n1\n2\n"u8, 0xE9, (byte)'\n']);
        Assert.Equal("is not valid UTF-8 on line 4", Blocks(1).Failure!.What);
    }

    [Theory]
    [InlineData("true\n\ntrue\n1\n", 1, "'true' is not a number")]
    [InlineData("1\n\ntrue\n", 3, "'true' is not a number")]
    [InlineData("true\nfalse\nTRUE\n", 0, null)]
    [InlineData("1\n2\n\"\"\n", 0, null)]
    public void A_column_of_numbers_and_of_booleans_is_refused_as_in_the_whole(string rows, int row, string? what)
    {
        var schema = Schema.Of(Frame.Of(("a", Column.Numeric.Of(1))));
        File.WriteAllText(folder.At("t.csv"), "a\n" + rows);
        using var blocks = TableBlocks.Open(folder.At("t.csv"), 5).OrThrow();
        Failure? mixed = null;
        while (mixed is null && blocks.Next() is { } next)
        {
            var block = next.OrThrow();
            mixed = blocks.Mixed(block, schema, block.Frame(schema).OrThrow());
        }

        Assert.Equal(what, mixed?.What);
        if (what is null) return;
        Assert.Contains($"row {(row == 3 ? 2 : row)} (", mixed!.Where);
        Assert.Equal(mixed, ((Outcome<Frame>.Fail)Table.Read(folder.At("t.csv")).Bind(table => table.Frame(schema))).Failure);
    }

    [Fact]
    public void A_file_may_be_one_block_by_its_header()
    {
        File.WriteAllText(folder.At("t.csv"), "a,\"b\"\n1,2\n3,4\n5,6\n");
        using var blocks = TableBlocks.Open(folder.At("t.csv"), 4).OrThrow();
        Assert.Equal(3, blocks.Next(header => header.Contains("b"))!.OrThrow().RowCount);
        Assert.Null(blocks.Next());
    }

    private (Table[] Tables, EquatableArray<Note> Notes, Failure? Failure) Blocks(int bytes)
    {
        using var blocks = TableBlocks.Open(folder.At("t.csv"), bytes).OrThrow();
        var tables = new List<Table>();
        while (blocks.Next() is { } next)
        {
            if (next is not Outcome<Table>.Ok { Value: var table }) return ([], default, next.Failure());
            tables.Add(table);
        }

        return ([.. tables], blocks.Notes, null);
    }

    private static IEnumerable<string> Cells(Table table) =>
        table.Header.Select(name => table.Ids(name).OrThrow()).ToArray() is var columns
            ? Enumerable.Range(0, table.RowCount).Select(row => string.Join('|', columns.Select(column => column[row] ?? "-"))) : [];

    private static IEnumerable<string> Positions(Table table) =>
        Enumerable.Range(0, table.RowCount).Select(row => table.Where(row, table.Header[0]));
}
