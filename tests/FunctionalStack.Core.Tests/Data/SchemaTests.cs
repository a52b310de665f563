using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Data;

[Properties(Arbitrary = [typeof(Arbitraries), typeof(SchemaTests)])]
public class SchemaTests
{
    private const string Word = "c";

    /// <summary>A column of categories in training, and another later.</summary>
    public sealed record Pair(Column.Categorical Trained, Column.Categorical Later);

    public static Arbitrary<Pair> Pairs() => (
        from trained in Generate.Categorical(5)
        from later in Gen.Choose(0, 9).SelectMany(Generate.Categorical)
        select new Pair((Column.Categorical)trained, (Column.Categorical)later)).ToArbitrary();

    [Property]
    public void Rows_of_the_schema_come_back_as_they_are(Frame frame, int[] picks)
    {
        var rows = frame.RowCount == 0
            ? frame : frame.Take(EquatableArray.From(picks.Select(pick => (int)((uint)pick % (uint)frame.RowCount))));
        var conformed = Schema.Of(frame).Conform(rows);
        Assert.Same(rows, conformed.OrThrow());
        Assert.Empty(conformed.Notes);
    }

    [Property]
    public void Other_columns_and_another_order_change_nothing(Frame frame, Seed order)
    {
        var names = frame.Names.ToArray();
        order.Stream().Shuffle(names.AsSpan());
        var more = frame.Select(names).With("another", new Column.Numeric(EquatableArray.From(new double[frame.RowCount])));
        var conformed = Schema.Of(frame).Conform(more);
        Assert.Equal(frame, conformed.OrThrow());
        Assert.Empty(conformed.Notes);
    }

    [Property]
    public void Categories_stay_and_their_levels_begin_with_those_of_training(Pair pair)
    {
        var conformed = One(pair.Trained, pair.Later);
        var column = (Column.Categorical)conformed.OrThrow();
        Assert.Equal(Words(pair.Later), Words(column));
        Assert.Equal(pair.Trained.Levels, column.Levels.Take(pair.Trained.Levels.Count));
        Assert.Equal(Words(column).OfType<string>().Except(pair.Trained.Levels).Order(StringComparer.Ordinal),
            column.Levels.Skip(pair.Trained.Levels.Count));
    }

    [Property]
    public void Rows_of_levels_that_training_did_not_have_are_counted(Pair pair)
    {
        var (rows, unseen) =
            (pair.Later.Count, Words(pair.Later).Where(word => word is not null && !pair.Trained.Levels.Contains(word)).ToArray());
        Assert.Equal(
            unseen.Length == 0
                ? [] : [$"column 'c': {unseen.Length} of {rows} rows hold levels that are not in the training data (e.g. '{unseen[0]}')"],
            One(pair.Trained, pair.Later).Notes.Select(note => note.ToString()));
    }

    [Property]
    public void Conforming_twice_is_conforming_once(Pair pair)
    {
        var once = One(pair.Trained, pair.Later).OrThrow();
        Assert.Equal(once, One(pair.Trained, once).OrThrow());
    }

    [Property]
    public void A_column_that_is_missing_throughout_fits_any_kind(Frame frame, bool numeric)
    {
        var missing = numeric
            ? (Column)new Column.Numeric(EquatableArray.From(Enumerable.Repeat(double.NaN, frame.RowCount)))
            : new Column.Categorical(default, EquatableArray.From(Enumerable.Repeat(-1, frame.RowCount)));
        var conformed = Schema.Of(frame)
            .Conform(new(frame.RowCount, EquatableArray.From(frame.Columns.Select(column => column with { Column = missing }))));
        Assert.Empty(conformed.Notes);
        Assert.Equal(Schema.Of(frame), Schema.Of(conformed.OrThrow()));
        Assert.All(conformed.OrThrow().Columns,
            column => Assert.All(Enumerable.Range(0, frame.RowCount), row => Assert.True(column.Column.IsMissing(row))));
    }

    /// <summary>Numbers that print as the levels are those levels, letter for letter.</summary>
    [Property]
    public void A_number_is_the_level_that_it_prints_as(NonEmptyArray<int> trained, int[] later)
    {
        var conformed =
            One(Column.Categorical.Of([.. trained.Get.Select(number => $"{number}")]),
                new Column.Numeric(EquatableArray.From(later.Select(number => (double)number))));
        Assert.Equal(later.Select(number => $"{number}"), Words((Column.Categorical)conformed.OrThrow()));
        Assert.All(conformed.Notes, note => Assert.EndsWith("not in the training data", note.What.Split(" (")[0]));
    }

    [Theory]
    [InlineData("03 7", 3, "03", "1 of 1 rows hold training levels in another spelling (e.g. '3' as '03')")]
    [InlineData("3.0 3", 3, "3", null)]
    [InlineData("3.00 3.0", 3, "3.0", "1 of 1 rows hold training levels in another spelling (e.g. '3' as '3.0')")]
    [InlineData("A5 31", 31, "31", null)]
    [InlineData("A5 31", 32, "32", "1 of 1 rows hold levels that are not in the training data (e.g. '32')")]
    [InlineData("True False", 1, "True", "1 of 1 rows hold training levels in another spelling (e.g. '1' as 'True')")]
    [InlineData("TRUE FALSE", 0, "FALSE", "1 of 1 rows hold training levels in another spelling (e.g. '0' as 'FALSE')")]
    [InlineData("true", 0, "0", "1 of 1 rows hold levels that are not in the training data (e.g. '0')")]
    public void A_number_where_categories_were_trained(string levels, double number, string level, string? note)
    {
        var conformed = One(Column.Categorical.Of(levels.Split(' ')), Column.Numeric.Of(number));
        Assert.Equal(level, Assert.Single(Words((Column.Categorical)conformed.OrThrow())));
        Assert.Equal(note is null ? [] : [$"column 'c': {note}"], conformed.Notes.Select(predicted => predicted.ToString()));
    }

    [Theory]
    [InlineData("True False", "1 0 true False", "True False True False")]
    [InlineData("0 1", "True FALSE 1", "1 0 1")]
    [InlineData("yes no", "Yes", "Yes")]
    [InlineData("1 2", "01 2.0 3", "1 2 3")]
    [InlineData("01 1", "01 1.0", "01 1")]
    [InlineData("1E5 A", "100000 1e5", "100000 1e5")]
    public void Strings_are_other_levels_but_numbers_and_booleans_may_be_written_differently(string levels, string words, string read) =>
        Assert.Equal(read.Split(' '),
            Words((Column.Categorical)One(Column.Categorical.Of(levels.Split(' ')), Column.Categorical.Of(words.Split(' '))).OrThrow()));

    [Theory]
    [InlineData("True false", 1, 0, "text is parsed as numbers, as in the training data (e.g. 'True' as 1)")]
    [InlineData("1.50 -2", 1.5, -2, "text is parsed as numbers, as in the training data (e.g. '1.50' as 1.5)")]
    [InlineData("7 1.5", 7, 1.5, null)]
    public void Text_in_a_column_trained_on_numbers(string words, double first, double second, string? note)
    {
        var conformed = One(Column.Numeric.Of(1), Column.Categorical.Of([.. words.Split(' '), null]));
        Assert.Equal(Column.Numeric.Of(first, second, double.NaN), conformed.OrThrow());
        Assert.Equal(note is null ? [] : [$"column 'c': {note}"], conformed.Notes.Select(predicted => predicted.ToString()));
    }

    [Fact]
    public void What_does_not_conform_is_refused_by_name()
    {
        Assert.Equal(
            "column 'c': holds text, but the training data had numbers ('old' in row 3). Give numbers, or leave the value missing.",
            Refusal(Column.Numeric.Of(1), Column.Categorical.Of("1", null, "old")));
        Assert.Equal(
            "column 'c': holds text, but the training data had numbers ('True' in row 1). Give numbers, or leave the value missing.",
            Refusal(Column.Numeric.Of(1), Column.Categorical.Of("True", "2")));
        Assert.Equal(
            "column 'c': holds numbers, but the training data had the categories 'C', 'S' (3 in row 2). Give the categories of the "
                + "training data, or leave the value missing.",
            Refusal(Column.Categorical.Of("S", "C"), Column.Numeric.Of(double.NaN, 3)));
        Assert.Equal(
            "column 'c': holds numbers, but the training data had the categories 'False', 'True' (2 in row 1). Give the categories of the "
                + "training data, or leave the value missing.",
            Refusal(Column.Categorical.Of("True", "False"), Column.Numeric.Of(2, 1)));

        static string Refusal(Column trained, Column later) => One(trained, later).Match(_ => "it was read", failure => failure.ToString());
    }

    [Fact]
    public void Absent_columns_are_named()
    {
        var schema =
            Schema.Of(Frame.Of(("Age", Column.Numeric.Of(1)), ("Port", Column.Categorical.Of("C")), ("Deck", Column.Categorical.Of("1"))));
        var rows = Frame.Of(("Age", Column.Numeric.Of(1)), ("port", Column.Categorical.Of("C")), ("Deck", Column.Categorical.Of("1")));
        Assert.Equal("the rows: have no column 'Port'. Did you mean 'port'? Give the columns that the model was fitted on.", Refusal(rows));
        Assert.Equal("the rows: have no columns 'Age', 'Port', 'Deck'. Give the columns that the model was fitted on.",
            Refusal(Frame.Empty(1)));

        string Refusal(Frame rows) => schema.Conform(rows).Match(_ => "it was read", failure => failure.ToString());
    }

    [Fact]
    public void Two_columns_of_one_name_and_a_level_named_twice_are_mistakes()
    {
        Assert.Throws<ArgumentException>(() => new Schema([new ColumnSchema.Numeric("a"), new ColumnSchema.Numeric("a")]));
        Assert.Throws<ArgumentException>(() => new ColumnSchema.Categorical("a", ["x", "x"]));
    }

    /// <summary>A service asks row by row: what it pays for a column must not grow with the levels that the model knows.</summary>
    [Fact]
    public void One_row_costs_no_list_of_levels()
    {
        var schema = Schema.Of(Frame.Of((Word, Column.Categorical.Of([.. Enumerable.Range(0, 10_000).Select(level => $"level {level}")]))));
        var row = Frame.Of((Word, Column.Categorical.Of("level 77")));
        schema.Conform(row);
        var before = GC.GetAllocatedBytesForCurrentThread();
        schema.Conform(row);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 2_000);
    }

    private static Outcome<Column> One(Column trained, Column later) =>
        Schema.Of(Frame.Of((Word, trained))).Conform(Frame.Of((Word, later))).Map(frame => frame[Word]);

    private static string?[] Words(Column.Categorical column) => [.. Enumerable.Range(0, column.Count).Select(column.LevelOf)];
}
