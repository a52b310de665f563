using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>Law 6, for compositions: weights reach the fits they belong to, and only those.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public class WeightLaws
{
    [Property]
    public void Unit_weights_are_no_weights(AnyLearner any, Seed seed) => Assert.Equal(
        any.Learner.Fit(any.Data.WithFrequencies(null), seed),
        any.Learner.Fit(any.Data.WithFrequencies(EquatableArray.From(Enumerable.Repeat(1.0, any.Data.RowCount))), seed));

    [Property]
    public void Rows_without_weight_might_as_well_not_be_there(AnyData any, Seed seed)
    {
        if (any.Data.Weights is not { } weights) return;
        var kept = EquatableArray.From(Enumerable.Range(0, weights.Count).Where(row => weights[row] > 0));
        Assert.All(new ILearner[] { new Shares(), new Nearest(), new Digest() }, learner =>
            Assert.Equal(learner.Fit(any.Data.Take(kept), seed), learner.Fit(any.Data, seed)));
    }

    [Property]
    public void A_row_without_weight_changes_only_its_own_out_of_fold_prediction(BlindPlan planned, Seed seed, int pick)
    {
        var row = (int)((uint)pick % planned.Data.RowCount);
        var weights = EquatableArray.From(Enumerable.Range(0, planned.Data.RowCount).Select(i => i == row ? 0.0 : 1 + i % 2));
        var data = planned.Data.WithFrequencies(weights);
        var swapped = data.WithFrame(new(data.RowCount, EquatableArray.From(data.Frame.Columns.Select(column =>
            column with
            {
                Column =
                column.Column.Take(EquatableArray.From(Enumerable.Range(0, data.RowCount)
                    .Select(i => i == row ? (row + 1) % data.RowCount : i)))
            }))));
        var transform = new Digest().CrossFit("a", planned.Plan);
        if ((transform.Fit(data, seed), transform.Fit(swapped, seed)) is not (Outcome<Fitted>.Ok before, Outcome<Fitted>.Ok after)) return;
        var others =
            EquatableArray.From(FoldPlan.Covered(planned.Folds).Select((covered, place) => (covered, place))
                .Where(pair => pair.covered != row).Select(pair => pair.place));
        Assert.Equal(before.Value.TrainView.Take(others), after.Value.TrainView.Take(others));
        Assert.Equal(before.Value.Map, after.Value.Map);
    }

    [Property]
    public void Weights_do_reach_every_fit(PartitionPlan planned, Seed seed)
    {
        var one = EquatableArray.From(Enumerable.Repeat(1.0, planned.Data.RowCount));
        var transform = new Digest().CrossFit("a", planned.Plan);
        var unit = transform.Fit(planned.Data.WithFrequencies(one), seed).OrThrow();
        var twice = transform.Fit(planned.Data.WithFrequencies(EquatableArray.From(one.Select(w => 2 * w))), seed).OrThrow();
        Assert.All(((CrossFitMap)unit.Map).Models.Zip(((CrossFitMap)twice.Map).Models), pair => Assert.NotEqual(pair.First, pair.Second));
    }
}
