using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Data;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class FrameTests
{
    [Property]
    public void Taking_rows_twice_is_taking_them_once(Frame frame, int[] first, int[] second)
    {
        var a = Picks(frame.RowCount, first);
        var b = Picks(a.Count, second);
        Assert.Equal(frame.Take(a.At(b)), frame.Take(a).Take(b));
        Assert.Equal(frame.Take(a.At(b)).GetHashCode(), frame.Take(a).Take(b).GetHashCode());
    }

    [Property]
    public void Taking_all_rows_changes_nothing_and_taking_none_keeps_the_columns(Frame frame)
    {
        Assert.Equal(frame, frame.Take(EquatableArray.Range(frame.RowCount)));
        Assert.Equal(0, frame.Take(default).RowCount);
        Assert.Equal(frame.Names, frame.Take(default).Names);
    }

    [Property]
    public void Columns_of_different_takings_meet_in_one_frame(Frame frame, int[] first, int[] second)
    {
        var (a, b) = (Picks(frame.RowCount, first), Picks(frame.RowCount, second));
        var n = Math.Min(a.Count, b.Count);
        var (left, right) = (frame.Take(a.At(EquatableArray.Range(n))), frame.Take(b.At(EquatableArray.Range(n))));
        var mixed = left.Beside(new(n, EquatableArray.From(right.Columns.Select(column => column with { Name = column.Name + "'" }))));
        var backwards = EquatableArray.From(Enumerable.Range(0, n).Reverse());
        Assert.Equal(left.Take(backwards), mixed.Take(backwards).Select(left.Names.ToArray()));
        Assert.Equal(right.Take(backwards).Columns.Select(c => c.Column),
            mixed.Take(backwards).Without(left.Names.ToArray()).Columns.Select(c => c.Column));
    }

    [Property]
    public void With_replaces_in_place_or_appends_and_Without_takes_back(Frame frame)
    {
        var column = new Column.Numeric(EquatableArray.From(Enumerable.Range(0, frame.RowCount).Select(row => row + 0.25)));
        var more = frame.With("new", column);
        Assert.Equal([.. frame.Names, "new"], more.Names);
        Assert.Equal(column, more["new"]);
        Assert.Equal(frame, more.Without("new"));
        Assert.Equal(frame, frame.Without("unknown"));
        foreach (var name in frame.Names)
        {
            Assert.Equal(frame.Names, frame.With(name, column).Names);
            Assert.Equal(frame, frame.With(name, column).With(name, frame[name]));
        }
    }

    [Property]
    public void Select_orders_columns_and_commutes_with_Take(Frame frame, Seed order, int[] picks)
    {
        var names = frame.Names.ToArray();
        order.Stream().Shuffle(names.AsSpan());
        var rows = Picks(frame.RowCount, picks);
        Assert.Equal(names, frame.Select(names).Names);
        Assert.Equal(frame.Take(rows).Select(names), frame.Select(names).Take(rows));
        Assert.Equal(frame, frame.Select(names).Select(frame.Names.ToArray()));
    }

    [Fact]
    public void Adding_a_column_or_taking_rows_copies_no_values()
    {
        const int rows = 100_000;
        var frame =
            new Frame(rows,
                EquatableArray.From(Enumerable.Range(0, 50)
                .Select(c => new NamedColumn($"x{c}", new Column.Numeric(EquatableArray.From(Enumerable.Repeat(1.0 * c, rows)))))));
        var (one, half) = (new Column.Numeric(EquatableArray.From(Enumerable.Repeat(1.0, rows))), EquatableArray.Range(rows / 2));

        // The 50 columns hold 40 MB; a frame of references to them takes some kilobytes.
        Assert.InRange(Allocated(() => frame.With("one", one)), 1, 50_000);
        Assert.InRange(Allocated(() => frame.Take(half)), 1, 50_000);
        Assert.InRange(Allocated(() => frame.Beside(Frame.Of(("one", one)))), 1, 50_000);

        // Taking rows of taken rows creates one new list of 50,000 row numbers (200 kB) for all 50 columns together.
        var taken = frame.Take(half);
        Assert.InRange(Allocated(() => taken.Take(half.At(half))), 200_000, 500_000);
    }

    [Fact]
    public void Frames_can_be_without_rows_or_columns()
    {
        Assert.Equal(3, Frame.Empty(3).RowCount);
        Assert.Equal(2, Frame.Empty(3).Take([0, 2]).RowCount);
        Assert.NotEqual(Frame.Empty(3), Frame.Empty(2));
        Assert.Equal(0, Frame.Of().RowCount);
        Assert.Equal(Frame.Empty(1), Frame.Of(("a", Column.Numeric.Of(1))).Without("a"));
    }

    [Fact]
    public void Names_that_repeat_lengths_that_differ_and_names_unknown_are_refused()
    {
        var column = Column.Numeric.Of(1, 2);
        Assert.Contains("two columns are named 'a'",
            Assert.Throws<ArgumentException>(() => Frame.Of(("a", column), ("a", column))).Message);
        Assert.Contains("column 'b' has 1 rows, not 2",
            Assert.Throws<ArgumentException>(() => Frame.Of(("a", column), ("b", Column.Numeric.Of(1)))).Message);
        Assert.Throws<ArgumentException>(() => Frame.Of(("a", column)).With("b", Column.Numeric.Of(1)));
        Assert.Throws<ArgumentException>(() => Frame.Of(("a", column)).Beside(Frame.Of(("a", column))));
        Assert.Contains("'z'", Assert.Throws<KeyNotFoundException>(() => Frame.Of(("a", column))["z"]).Message);
        Assert.Throws<KeyNotFoundException>(() => Frame.Of(("a", column)).Select("A"));
        Assert.Null(Frame.Of(("a", column)).Find("A"));
    }

    private static long Allocated(Func<Frame> make)
    {
        make();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var frame = make();
        var after = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(frame);
        return after - before;
    }

    private static EquatableArray<int> Picks(int rows, int[] raw) =>
        rows == 0 ? default : EquatableArray.From(raw.Select(pick => (int)((uint)pick % rows)));
}
