using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Preprocessing.Tests;

[Properties(Arbitrary = [typeof(Tables)], MaxTest = 60)]
public class EncodingTests
{
    private static readonly Dataset Sexes =
        Tables.Data(("x", Column.Numeric.Of(1, 2, 3, 4, 5)), ("s", Column.Categorical.Of("m", "f", null, "m", "x")),
            ("y", Column.Numeric.Of(5, 4, 3, 2, 1)));

    [Property]
    public void One_hot_rows_sum_to_1_where_present_and_to_0_where_missing(Table table, bool pooled)
    {
        var view = new OneHot(pooled ? 4 : 1).Fit(table).OrThrow().TrainView;
        foreach (var name in new[] { "c0", "c1", "c2" })
        {
            var made = view.Names.Where(n => n.StartsWith($"{name}=", StringComparison.Ordinal)).Select(n => Tables.Of(view, n)).ToArray();
            for (var row = 0; row < table.Data.RowCount; row++)
            {
                Assert.All(made, column => Assert.True(column[row] is 0 or 1));
                Assert.Equal(table.Data.Frame[name].IsMissing(row) ? 0 : 1, made.Sum(column => column[row]));
            }
        }
    }

    [Property]
    public void Levels_are_matched_by_name_for_any_codes(Table table)
    {
        foreach (var transform in new ITransform[] { new OneHot(), new OneHot(3), new Ordinal(), new TargetEncode() })
        {
            var map = transform.Fit(table).OrThrow().Map;
            var recoded = table.Data.Frame;
            foreach (var name in new[] { "c0", "c1", "c2" })
            {
                var column = (Column.Categorical)recoded[name];
                var levels = column.Levels.Prepend("unused").Reverse().ToArray();
                recoded =
                    recoded.With(name,
                        new Column.Categorical(EquatableArray.Own(levels),
                        EquatableArray.From(column.ToArray().Select(code => code < 0 ? -1 : Array.IndexOf(levels, column.Levels[code])))));
            }

            Assert.Equal(map.Apply(table.Data.Frame).OrThrow(), map.Apply(recoded).OrThrow());
        }
    }

    [Fact]
    public void One_hot_columns_stand_where_the_column_stood()
    {
        var view = new OneHot().Fit(Sexes, Seed.Of(1)).OrThrow().TrainView;
        Assert.Equal(["x", "s=f", "s=m", "s=x", "y"], view.Names);
        Assert.Equal([1, 0, 0, 1, 0], Tables.Of(view, "s=m"));
        Assert.Equal(["x", "s=m", "s=x", "y"], new OneHot(DropFirst: true).Fit(Sexes, Seed.Of(1)).OrThrow().TrainView.Names);
    }

    [Fact]
    public void Rare_levels_share_a_column_and_unseen_ones_go_there()
    {
        var fitted = new OneHot(2, Unseen.Fail).Fit(Sexes, Seed.Of(1)).OrThrow();
        Assert.Equal(["x", "s=m", "s=(rare)", "y"], fitted.TrainView.Names);
        Assert.Equal([0, 1, 0, 0, 1], Tables.Of(fitted.TrainView, "s=(rare)"));
        var later = fitted.Map.Apply(Frame.Of(("s", Column.Categorical.Of("new", "f", "m", null)))).OrThrow();
        Assert.Equal([1, 1, 0, 0], Tables.Of(later, "s=(rare)"));
        Assert.Equal([0, 0, 1, 0], Tables.Of(later, "s=m"));
    }

    [Fact]
    public void An_unseen_level_is_ignored_or_refused_as_asked()
    {
        var later = Frame.Of(("s", Column.Categorical.Of("m", "new")));
        Assert.Equal(Frame.Of(("s=f", Column.Numeric.Of(0, 0)), ("s=m", Column.Numeric.Of(1, 0)), ("s=x", Column.Numeric.Of(0, 0))),
            new OneHot().Fit(Sexes, Seed.Of(1)).OrThrow().Map.Apply(later).OrThrow());
        Assert.Equal([1, -1], Tables.Of(new Ordinal().Fit(Sexes, Seed.Of(1)).OrThrow().Map.Apply(later).OrThrow(), "s"));
        foreach (var strict in new ITransform[] { new OneHot(Unseen: Unseen.Fail), new Ordinal(Unseen.Fail) })
        {
            var map = strict.Fit(Sexes, Seed.Of(1)).OrThrow().Map;
            var failure = Assert.Throws<OutcomeException>(() => map.Apply(later).OrThrow()).Failure;
            Assert.Equal(($"{strict.Name}, column 's', row 2", "no training row has the level 'new'"), (failure.Where, failure.What));
            var unused = new Column.Categorical(["m", "new"], [0, -1]);
            Assert.Equal(2, map.Apply(Frame.Of(("s", unused))).OrThrow().RowCount);
        }
    }

    [Fact]
    public void Levels_without_training_rows_are_unseen()
    {
        var data = Tables.Data(("s", new Column.Categorical(["a", "b", "c"], [0, 2, 0])));
        Assert.Equal(["s=a", "s=c"], new OneHot().Fit(data, Seed.Of(1)).OrThrow().TrainView.Names);
        Assert.Equal(["s=a"], new OneHot().Fit(data.WithFrequencies([1, 0, 1]), Seed.Of(1)).OrThrow().TrainView.Names);
        Assert.Equal([0, 1, 0], Tables.Of(new Ordinal().Fit(data, Seed.Of(1)).OrThrow().TrainView, "s"));
        Assert.IsType<Outcome<Fitted>.Fail>(new Ordinal(Unseen.Fail).Fit(data.WithFrequencies([1, 0, 1]), Seed.Of(1)));
    }

    [Fact]
    public void Ordinal_codes_follow_the_names_not_the_order_of_levels()
    {
        var data = Tables.Data(("s", new Column.Categorical(["b", "a", "B"], [0, 1, 2, -1])));
        Assert.Equal([2, 1, 0, -1], Tables.Of(new Ordinal().Fit(data, Seed.Of(1)).OrThrow().TrainView, "s"));
    }

    [Fact]
    public void Numbers_in_place_of_categories_that_are_digits_are_categories()
    {
        var data = Tables.Data(("s", Column.Categorical.Of("1", "2.5", "x")));
        var later = Frame.Of(("s", Column.Numeric.Of(2.5, 1, 7, double.NaN)));
        Assert.Equal([1, 0, -1, -1], Tables.Of(new Ordinal().Fit(data, Seed.Of(1)).OrThrow().Map.Apply(later).OrThrow(), "s"));
    }

    [Fact]
    public void Bad_input_is_named()
    {
        Assert.Equal("minCount is 0", Tables.FailureOf(new OneHot(0).Fit(Sexes, Seed.Of(1))).What);
        var taken = Tables.Data(("s", Column.Categorical.Of("a", "b")), ("s=b", Column.Numeric.Of(0, 1)));
        Assert.Equal("oneHot, column 's=b'", Tables.FailureOf(new OneHot().Fit(taken, Seed.Of(1))).Where);
        var rare = Tables.Data(("s", Column.Categorical.Of("(rare)", "(rare)", "b")));
        Assert.Equal("oneHot, column 's=(rare)'", Tables.FailureOf(new OneHot(2).Fit(rare, Seed.Of(1))).Where);
    }
}
