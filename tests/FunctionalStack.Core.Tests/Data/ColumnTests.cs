using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Data;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class ColumnTests
{
    [Property]
    public void A_column_compares_by_what_it_shows_however_it_came_about(Frame frame, int[] picks)
    {
        foreach (var (_, column) in frame.Columns)
        {
            var rows = frame.RowCount == 0 ? default : EquatableArray.From(picks.Select(pick => (int)((uint)pick % frame.RowCount)));
            var taken = column.Take(rows);
            Column spelled = column switch
            {
                Column.Numeric numeric => new Column.Numeric(EquatableArray.From(rows.Select(row => numeric[row]))),
                Column.Categorical words => new Column.Categorical(words.Levels, EquatableArray.From(rows.Select(row => words[row]))),
                _ => throw new InvalidOperationException(),
            };
            Assert.Equal(spelled, taken);
            Assert.Equal(spelled.GetHashCode(), taken.GetHashCode());
            Assert.Equal(rows.Count, taken.Count);
            Assert.All(Enumerable.Range(0, rows.Count), i => Assert.Equal(column.IsMissing(rows[i]), taken.IsMissing(i)));
        }
    }

    [Property]
    public void CopyTo_writes_every_stride_th_place_and_no_other(Frame frame, byte stride, int[] picks)
    {
        foreach (var column in frame.Columns.Select(c => c.Column).OfType<Column.Numeric>())
        {
            if (frame.RowCount == 0) return;
            var taken = (Column.Numeric)column.Take(EquatableArray.From(picks.Select(pick => (int)((uint)pick % frame.RowCount))));
            foreach (var some in new[] { column, taken })
            {
                var step = 1 + stride % 3;
                var written = Enumerable.Repeat(-7.5, some.Count * step + 1).ToArray();
                some.CopyTo(written, step);
                for (var i = 0; i < written.Length; i++)
                    Assert.Equal(i % step == 0 && i / step < some.Count ? some[i / step] : -7.5, written[i]);
                Assert.Equal(Enumerable.Range(0, some.Count).Select(row => some[row]), some.ToArray());
            }
        }
    }

    [Fact]
    public void Strings_become_codes_in_ordinal_order_and_null_is_missing()
    {
        var column = Column.Categorical.Of("b", null, "a", "", "B", "b");
        Assert.Equal(EquatableArray.Of("B", "a", "b"), column.Levels);
        Assert.Equal([2, -1, 1, -1, 0, 2], column.ToArray());
        Assert.Equal(["b", null, "a", null, "B", "b"], Enumerable.Range(0, 6).Select(column.LevelOf));
        Assert.True(column.IsMissing(1));
        Assert.False(column.IsMissing(0));
        Assert.True(Column.Numeric.Of(1, double.NaN).IsMissing(1));
    }

    [Fact]
    public void Equal_codes_of_other_levels_are_another_column() =>
        Assert.NotEqual(new Column.Categorical(["a", "b"], [0, 1]), new Column.Categorical(["b", "a"], [0, 1]));

    [Fact]
    public void Codes_out_of_range_and_repeated_levels_are_refused()
    {
        Assert.Contains("code 1 is out of range", Assert.Throws<ArgumentException>(() => new Column.Categorical(["a"], [1])).Message);
        Assert.Contains("code -2 is out of range", Assert.Throws<ArgumentException>(() => new Column.Categorical(["a"], [-2])).Message);
        Assert.Contains("a level is repeated", Assert.Throws<ArgumentException>(() => new Column.Categorical(["a", "a"], [0])).Message);
        Assert.Equal(1, new Column.Categorical(default, [-1]).Count);
    }
}
