using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Core.Tests;

public class BlockNotesTests
{
    private static readonly Schema Trained =
        Schema.Of(Frame.Of(("port", Column.Categorical.Of("S", "C")), ("deck", Column.Categorical.Of("1", "2"))));

    private static Gen<Frame> Rows { get; } = Gen.Choose(1, 12).SelectMany(count =>
        from ports in Gen.Elements("S", "C", "Q", "X").ArrayOf(count)
        from decks in Gen.Elements("1", "2", "2.0", "B").ArrayOf(count)
        select Frame.Of(("port", Column.Categorical.Of(ports)), ("deck", Column.Categorical.Of(decks))));

    /// <summary>The notes may be in another order, since a finding of a later column may come first.</summary>
    [Property]
    public Property Notes_of_blocks_are_those_of_all_rows() =>
        Prop.ForAll(Rows.ToArbitrary(), Gen.Choose(1, 5).ToArbitrary(), (rows, size) =>
        {
            var blocks = Enumerable.Range(0, rows.RowCount).Chunk(size).Select(block => rows.Take(EquatableArray.Of(block)));
            var merged = BlockNotes.Merge(EquatableArray.From(blocks.Select(block => Trained.Conform(block).Notes)), rows.RowCount);
            Assert.Equal(Lines(Trained.Conform(rows).Notes), Lines(merged));
        });

    private static IEnumerable<string> Lines(EquatableArray<Note> notes) => notes.Select(note => $"{note}").Order();

    [Fact]
    public void Equal_notes_are_one_and_others_stay() => Assert.Equal(
        (EquatableArray<Note>)[new("a", "x"), new("b", "x"), "y"],
        BlockNotes.Merge([[new("a", "x"), new("b", "x")], ["y", new("a", "x")]], 10));

    [Theory]
    [InlineData("column 'a', row 3", "column 'a', row 13")]
    [InlineData("data.csv: knn, row 3: more", "data.csv: knn, row 13: more")]
    [InlineData("row 3", "row 13")]
    [InlineData("column 'row 3'", "column 'row 3'")]
    [InlineData("the model", "the model")]
    public void Row_numbers_are_counted_from_the_first_block(string where, string expected)
    {
        var failed = Outcome.Fail<int>(where, "what", "remedy");
        Assert.Equal(Outcome.Fail<int>(expected, "what", "remedy"), failed.Below(10));
        Assert.Equal(failed, failed.Below(0));
    }
}
