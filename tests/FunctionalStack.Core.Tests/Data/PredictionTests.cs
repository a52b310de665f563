using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Data;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class PredictionTests
{
    private static readonly Prediction.Probabilities three = new(["a", "b", "c"], [0.5, 0.25, 0.25, 0, 0.5, 0.5]);

    [Fact]
    public void For_orders_probabilities_by_level_and_gives_unknown_levels_none()
    {
        Assert.Equal(new Prediction.Probabilities(["c", "d", "a", "b"], [0.25, 0, 0.5, 0.25, 0.5, 0, 0, 0.5]),
            three.For(["c", "d", "a", "b"]));
        Assert.Same(three, three.For(["a", "b", "c"]));
    }

    [Property]
    public void For_there_and_back_changes_nothing(ClassData any, Seed seed)
    {
        if (new Digest().Fit(any.Data, seed) is not Outcome<Trained>.Ok ok) return;
        var p = (Prediction.Probabilities)ok.Value.Predict(any.Data.Frame).OrThrow();
        var levels = p.Levels.ToArray();
        seed.Stream().Shuffle(levels.AsSpan());
        Assert.Equal(p, p.For(EquatableArray.Own(levels)).For(p.Levels));
        for (var row = 0; row < p.Count; row++)
        {
            for (var c = 0; c < levels.Length; c++)
                Assert.Equal(p.Row(row)[p.Levels.ToList().IndexOf(levels[c])], p.For(EquatableArray.Own(levels)).Row(row)[c]);
        }
    }

    [Fact]
    public void The_most_probable_class_wins_and_ties_go_to_the_earlier_level() => Assert.Equal(EquatableArray.Of(0, 1), three.Codes());

    [Fact]
    public void A_mean_sums_in_order_and_keeps_the_first_levels()
    {
        var other = new Prediction.Probabilities(["c", "b", "a"], [1, 0, 0, 0, 0, 1]);
        Assert.Equal(new Prediction.Probabilities(["a", "b", "c"], [0.25, 0.125, 0.625, 0.5, 0.25, 0.25]), Prediction.Mean([three, other]));
        Assert.Equal(new Prediction.Numeric([2.0, 3.5]),
            Prediction.Mean([new Prediction.Numeric([1.0, 3]), new Prediction.Numeric([3.0, 4])]));
        Assert.Same(three, Prediction.Mean([three]));
    }

    [Fact]
    public void Unlike_predictions_have_no_mean()
    {
        Assert.Throws<ArgumentException>(() => Prediction.Mean([]));
        Assert.Throws<ArgumentException>(() => Prediction.Mean([three, new Prediction.Numeric([1.0, 2])]));
        Assert.Throws<ArgumentException>(() => Prediction.Mean([new Prediction.Numeric([1.0, 2]), three]));
        Assert.Throws<ArgumentException>(() => Prediction.Mean([three, three.Take([0])]));
    }

    [Fact]
    public void Pieces_go_back_to_row_order_repeated_rows_to_their_mean_and_rows_of_none_are_left_out()
    {
        var assembled =
            Prediction.Assemble([([4, 1], new Prediction.Numeric([40.0, 10])), ([1, 2], new Prediction.Numeric([30.0, 20]))], [1, 2, 4]);
        Assert.Equal(new Prediction.Numeric([20.0, 20, 40]), assembled);
        Assert.Equal(
            new Prediction.Probabilities(["a", "b"], [0.5, 0.5, 1, 0]),
            Prediction.Assemble([([0], new Prediction.Probabilities(["a", "b"], [1.0, 0])),
                ([3, 0], new Prediction.Probabilities(["b", "a"], [0.0, 1, 1, 0]))], [0, 3]));
    }

    [Property]
    public void Cutting_a_prediction_along_a_partition_and_assembling_it_changes_nothing(PartitionPlan planned, Seed seed)
    {
        if (new Digest().Fit(planned.Data, seed) is not Outcome<Trained>.Ok ok) return;
        var whole = ok.Value.Predict(planned.Data.Frame).OrThrow();
        Assert.Equal(whole,
            Prediction.Assemble([.. planned.Folds.Select(fold => (fold.Holdout, whole.Take(fold.Holdout)))],
            FoldPlan.Covered(planned.Folds)));
    }

    [Property]
    public void Taking_rows_twice_is_taking_them_once(AnyData any, Seed seed, int[] first, int[] second)
    {
        if (new Digest().Fit(any.Data, seed) is not Outcome<Trained>.Ok ok) return;
        var a = EquatableArray.From(first.Select(pick => (int)((uint)pick % any.Data.RowCount)));
        var b = a.Count == 0 ? default : EquatableArray.From(second.Select(pick => (int)((uint)pick % a.Count)));
        var whole = ok.Value.Predict(any.Data.Frame).OrThrow();
        Assert.Equal(whole.Take(a.At(b)), whole.Take(a).Take(b));
    }

    [Fact]
    public void Numbers_that_make_no_whole_rows_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Prediction.Probabilities(["a", "b"], [1.0]));
        Assert.Throws<ArgumentException>(() => new Prediction.Probabilities(default, default));
        Assert.Equal(0, new Prediction.Probabilities(["a"], default).Count);
    }

    [Fact]
    public void Labels_probabilities_and_values_are_read_without_a_cast()
    {
        Assert.Equal(["a", "b"], ((Prediction)three).Labels);
        Assert.Equal([0.25, 0.5], ((Prediction)three).Probability("c"));
        Assert.Throws<KeyNotFoundException>(() => three.Probability("d"));
        Assert.Throws<InvalidOperationException>(() => three.Values);
        Prediction numbers = new Prediction.Numeric([1, 2]);
        Assert.Equal([1.0, 2.0], numbers.Values);
        Assert.Throws<InvalidOperationException>(() => numbers.Labels);
        Assert.Throws<InvalidOperationException>(() => numbers.Probability("a"));
    }

    [Fact]
    public void Both_kinds_print()
    {
        Assert.Contains("Count = 2", $"{three}");
        Assert.Contains("Values = [1, 2]", $"{new Prediction.Numeric([1, 2])}");
    }
}
