using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Preprocessing.Tests;

/// <summary>What holds for every transform of this folder.</summary>
[Properties(Arbitrary = [typeof(Tables)], MaxTest = 60)]
public class PreprocessingLawsTests
{
    // Whitening takes complete columns only, and the column of huge numbers would drown the others.
    private static readonly ITransform WhitenSome = SelectColumns.Of("n0", "n1", "c1").Then(new Impute()).Then(new Whiten(Whitening.Zca));

    private static readonly ITransform[] Rowwise =
    [
        new Impute(), new Impute(false), new Standardize(), new MinMax(), new Log1p(), new TfIdf(), new BagOfWords(4, 2, 0, 2, 0),
        new OneHot(),
        new OneHot(3),
        new OneHot(3, Unseen.Fail, true), new Ordinal(),
        WhitenSome, DropColumns.Of("n1", "c0"), new OnColumns(["n1", "c1"], new Impute()),
    ];

    private static readonly ITransform[] All =
    [
        .. Rowwise, new DropUseless(0.5, 2), new TargetEncode(), new TargetEncode(3, 1, 3), new TargetEncode(2, 0), Recipe.ForLinear,
        Recipe.ForDistances, Recipe.ForTrees,
    ];

    [Property]
    public void The_train_view_is_the_map_of_the_training_rows_except_for_target_encoding(Table table)
    {
        foreach (var transform in Rowwise.Append(new DropUseless(0.5, 2)))
        {
            var fitted = transform.Fit(table).OrThrow();
            Assert.Equal(fitted.TrainView, fitted.Map.Apply(table.Data.Frame).OrThrow());
        }
    }

    [Property]
    public void The_same_data_spec_and_seed_give_an_equal_fit(Table table)
    {
        foreach (var transform in All) Assert.Equal(transform.Fit(table).OrThrow(), transform.Fit(table).OrThrow());
    }

    [Property]
    public void Unit_weights_are_no_weights_bit_for_bit(Table table)
    {
        var weighted = table.With(table.Data.WithFrequencies(EquatableArray.From(Enumerable.Repeat(1.0, table.Data.RowCount))));
        foreach (var transform in All) Assert.Equal(transform.Fit(table).OrThrow(), transform.Fit(weighted).OrThrow());
    }

    [Property]
    public void A_whole_weight_is_that_many_rows_and_weight_0_is_none(Table table)
    {
        var weights = table.Weights();
        var repeated = EquatableArray.From(weights.SelectMany((weight, row) => Enumerable.Repeat(row, weight)));
        foreach (var transform in Rowwise.Append(new TargetEncode()))
        {
            var weighted = transform.Fit(table.With(table.Data.WithFrequencies(EquatableArray.From(weights.Select(w => (double)w)))));
            var several = transform.Fit(table.With(table.Data.Take(repeated)));
            if (several is Outcome<Fitted>.Fail or { Notes.Count: > 0 } || weighted is Outcome<Fitted>.Fail) continue;
            var known = table.Data.Frame.Take(repeated);
            Tables.AssertNear(several.OrThrow().Map.Apply(known).OrThrow(), weighted.OrThrow().Map.Apply(known).OrThrow(), 1e-7);
        }
    }

    [Property]
    public void Rows_of_weight_0_have_no_influence_on_the_map(Table table)
    {
        var weights = table.Weights();
        var kept = EquatableArray.From(Enumerable.Range(0, weights.Length).Where(row => weights[row] > 0));
        var roles = table.Data.WithFrequencies(EquatableArray.From(weights.Select(w => (double)w)));
        foreach (var transform in Rowwise.Append(new DropUseless(0.5, 2)))
        {
            if (transform.Fit(table.With(roles)) is not Outcome<Fitted>.Ok all) continue;
            var without = transform.Fit(table.With(roles.Take(kept))).OrThrow();
            if (transform == WhitenSome)
                Tables.AssertNear(without.Map.Apply(table.Data.Frame).OrThrow(), all.Value.Map.Apply(table.Data.Frame).OrThrow());
            else Assert.Equal(without.Map, all.Value.Map);
        }
    }

    [Property]
    public void Permuting_the_training_rows_permutes_the_train_view(Table table)
    {
        var order = table.Shuffled();
        foreach (var transform in Rowwise)
        {
            var straight = transform.Fit(table).OrThrow().TrainView.Take(order);
            Tables.AssertNear(straight, transform.Fit(table.With(table.Data.Take(order))).OrThrow().TrainView, 1e-7);
        }
    }

    [Property]
    public void A_map_treats_each_row_by_itself(Table table)
    {
        var some = table.Shuffled().Take(table.Data.RowCount / 2);
        foreach (var transform in All)
        {
            var map = transform.Fit(table).OrThrow().Map;
            Tables.AssertNear(map.Apply(table.Data.Frame).OrThrow().Take(EquatableArray.From(some)),
                map.Apply(table.Data.Frame.Take(EquatableArray.From(some))).OrThrow(), 0);
        }
    }

    [Property]
    public void Later_columns_are_found_by_name_and_unknown_ones_pass(Table table)
    {
        var later =
            new Frame(table.Data.RowCount,
                [.. table.Data.Frame.Columns.Reverse(),
                new("extra", new Column.Numeric(EquatableArray.From(new double[table.Data.RowCount])))]);
        foreach (var transform in Rowwise.Where(t => t != WhitenSome))
        {
            var map = transform.Fit(table).OrThrow().Map;
            var (straight, reversed) = (map.Apply(table.Data.Frame).OrThrow(), map.Apply(later).OrThrow());
            Assert.Equal(straight, reversed.Select(straight.Names.ToArray()));
            Assert.Contains("extra", reversed.Names);
        }
    }

    [Property]
    public void Frames_without_columns_stay_so(Table table)
    {
        var bare = table.With(table.Data.WithFrame(Frame.Empty(table.Data.RowCount)));
        foreach (var transform in All.Where(t => t is not (Chain or DropColumns or OnColumns)).Append(new Whiten()).Append(Recipe.ForLinear)
            .Append(Recipe.ForTrees))
        {
            var fitted = transform.Fit(bare).OrThrow();
            Assert.Equal(bare.Data.Frame, fitted.TrainView);
            Assert.Equal(Frame.Empty(7), fitted.Map.Apply(Frame.Empty(7)).OrThrow());
        }
    }

    [Property]
    public void Columns_that_a_transform_does_not_concern_are_the_very_same(Table table)
    {
        foreach (var (transform, name) in new (ITransform, string)[] { (new Standardize(), "c1"), (new MinMax(), "c1"),
            (new OneHot(), "n1"), (new Ordinal(), "n1"), (new TargetEncode(), "n1"), (new Impute(), "n0"), (new Impute(), "c0") })
        {
            var fitted = transform.Fit(table).OrThrow();
            Assert.Same(table.Data.Frame[name], fitted.TrainView[name]);
            Assert.Same(table.Data.Frame[name], fitted.Map.Apply(table.Data.Frame).OrThrow()[name]);
        }
    }

    [Fact]
    public void No_rows_and_no_weight_are_failures()
    {
        var none = Tables.Data(("n", Column.Numeric.Of()), ("c", Column.Categorical.Of()));
        var weightless = Tables.Data(("n", Column.Numeric.Of(1, 2)), ("c", Column.Categorical.Of("a", "b"))).WithFrequencies([0, 0]);
        foreach (var transform in All.Where(t => t is not (Chain or DropColumns or OnColumns)).Append(new Whiten()))
        {
            Assert.Equal("there are no training rows of positive weight", Tables.FailureOf(transform.Fit(none, Seed.Of(1))).What);
            Assert.Equal("there are no training rows of positive weight", Tables.FailureOf(transform.Fit(weightless, Seed.Of(1))).What);
        }
    }
}
