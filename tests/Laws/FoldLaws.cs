using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>Law 1: folds partition the rows, or name the rows that they leave out.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)])]
public class FoldLaws
{
    [Property]
    public void No_row_is_trained_on_and_held_out_in_one_fold(AnyPlan planned) => Assert.All(planned.Folds, fold =>
    {
        Assert.NotEmpty(fold.Train);
        Assert.NotEmpty(fold.Holdout);
        Assert.Empty(fold.Train.Intersect(fold.Holdout));
        Ascending(fold.Train, planned.Data.RowCount);
        Ascending(fold.Holdout, planned.Data.RowCount);
    });

    [Property]
    public void A_partition_holds_out_each_row_once_and_trains_on_all_others(PartitionPlan planned)
    {
        var all = Enumerable.Range(0, planned.Data.RowCount);
        Assert.Equal(all, planned.Folds.SelectMany(fold => fold.Holdout).Order());
        Assert.All(planned.Folds, fold => Assert.Equal(all, fold.Train.Concat(fold.Holdout).Order()));
    }

    [Property]
    public void Covered_names_just_the_rows_held_out(AnyPlan planned)
    {
        var held = Enumerable.Range(0, planned.Data.RowCount).Where(row => planned.Folds.Any(fold => fold.Holdout.Contains(row)));
        Assert.Equal(held, FoldPlan.Covered(planned.Folds));
    }

    [Property]
    public void Splitting_twice_gives_the_same_folds(AnyPlan planned) => Assert.Equal(planned.Folds, planned.Folds);

    [Property]
    public void Folds_depend_on_roles_alone_and_blind_folds_not_on_the_target(BlindPlan planned, ValueData other) =>
        Assert.Equal(planned.Folds, planned.Plan.Split(planned.Data.Roles with
        {
            Target =
                new Target.Numeric(EquatableArray.From(Enumerable.Range(0, planned.Data.RowCount)
                    .Select(row => ((Target.Numeric)other.Data.Target).Values[row % other.Data.RowCount]))),
        }).OrThrow());

    [Property]
    public void Shuffling_depends_on_its_seed_alone(AnyPlan planned, Seed once, Seed again) =>
        Assert.Equal(planned.Plan.Shuffled(again), planned.Plan.Shuffled(once).Shuffled(again));

    [Property]
    public void A_shuffled_plan_still_obeys_the_laws(PartitionPlan planned, Seed seed) =>
        A_partition_holds_out_each_row_once_and_trains_on_all_others(planned with { Plan = planned.Plan.Shuffled(seed) });

    private static void Ascending(EquatableArray<int> rows, int count)
    {
        for (var i = 0; i < rows.Count; i++) Assert.InRange(rows[i], i == 0 ? 0 : rows[i - 1] + 1, count - 1);
    }
}
