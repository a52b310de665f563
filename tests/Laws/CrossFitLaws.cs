using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>Law 3: cross-fitting is the fits that one would make by hand, and no others.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public class CrossFitLaws
{
    private static readonly ILearner[] learners = [new Digest(), new Nearest(), new Shares(), new Committee(2)];

    [Property]
    public void Out_of_fold_rows_are_hand_made_fits_in_row_order(AnyPlan planned, Seed seed, byte which)
    {
        var learner = learners[which % learners.Length];
        var outcome = learner.CrossFit("a", planned.Plan).Fit(planned.Data, seed);
        var byHand = Hand.Models(learner, planned.Folds, Combine.Average, planned.Data, seed);
        Assert.Equal(byHand is Outcome<(List<IModel>, IModel?)>.Ok, outcome is Outcome<Fitted>.Ok);
        if (outcome is not Outcome<Fitted>.Ok ok) return;
        var expected = Hand.OutOfFold(byHand.OrThrow().Folds, planned.Folds, planned.Data.Frame);
        Assert.Equal(expected.SelectMany(row => row.Numbers), Hand.Numbers(ok.Value.TrainView));
        Assert.Equal(expected.Select(row => row.Row), FoldPlan.Covered(planned.Folds));
    }

    [Property]
    public void The_averaged_map_is_the_mean_of_the_fold_models(AnyPlan planned, AnyData later, Seed seed, byte which)
    {
        var learner = learners[which % learners.Length];
        if (learner.CrossFit("a", planned.Plan).Fit(planned.Data, seed) is not Outcome<Fitted>.Ok ok) return;
        var rows = Alike(later.Data.Frame, planned.Data.Frame);
        var models = Hand.Models(learner, planned.Folds, Combine.Average, planned.Data, seed).OrThrow().Folds;
        Assert.Equal(Hand.Mean(models, rows), Hand.Numbers(ok.Value.Map.Apply(rows).OrThrow()));
    }

    [Property]
    public void The_refitted_map_is_one_fit_on_all_rows(AnyPlan planned, AnyData later, Seed seed, byte which)
    {
        var learner = learners[which % learners.Length];
        if (learner.CrossFit("a", planned.Plan, Combine.Refit).Fit(planned.Data, seed) is not Outcome<Fitted>.Ok ok) return;
        var rows = Alike(later.Data.Frame, planned.Data.Frame);
        Assert.Equal(Hand.Numbers(learner.Fit(planned.Data, seed.Fork("refit")).OrThrow().Predict(rows).OrThrow()),
            Hand.Numbers(ok.Value.Map.Apply(rows).OrThrow()));
    }

    [Property]
    public void How_new_rows_are_predicted_changes_no_out_of_fold_row(AnyPlan planned, Seed seed)
    {
        var average = new Digest().CrossFit("a", planned.Plan).Fit(planned.Data, seed);
        var refit = new Digest().CrossFit("a", planned.Plan, Combine.Refit).Fit(planned.Data, seed);
        if (average is Outcome<Fitted>.Ok a && refit is Outcome<Fitted>.Ok r) Assert.Equal(a.Value.TrainView, r.Value.TrainView);
    }

    [Property]
    public void Bases_times_folds_is_the_number_of_fits(PartitionPlan planned, Seed seed, bool refit, byte bases)
    {
        var counter = new Counter();
        var names = Enumerable.Range(0, 1 + bases % 4).Select(i => $"base{i}").ToArray();
        var stack =
            new Stack(EquatableArray.From(names.Select(name => new Base(name, new Counted(counter)))), new Shares(), planned.Plan,
                refit ? Combine.Refit : Combine.Average);
        var (l, k) = (names.Length, planned.Folds.Count);
        var expected = refit ? l * k + l : l * k;

        stack.Fit(planned.Data, seed);
        Assert.Equal(expected, counter.Count);

        var graph = new FitGraph();
        graph.Over(planned.Data).Fit(stack, seed);
        Assert.Equal(expected + 1, graph.Tasks.Count(task => task.Counted));
    }

    [Property]
    public void A_stack_is_the_stack_written_out_by_hand(AnyPlan planned, AnyData later, Seed seed, bool refit)
    {
        var combine = refit ? Combine.Refit : Combine.Average;
        (string Name, ILearner Learner)[] bases = [("d", new Digest()), ("n", new Nearest()), ("s", new Shares())];
        var meta = new Digest();
        var outcome = new Stack(EquatableArray.From(bases.Select(b => new Base(b.Name, b.Learner))), meta, planned.Plan, combine)
            .Fit(planned.Data, seed);
        if (outcome is not Outcome<Trained>.Ok ok) return;

        var rows = Alike(later.Data.Frame, planned.Data.Frame);
        var covered = Enumerable.Range(0, planned.Data.RowCount).Where(row => planned.Folds.Any(fold => fold.Holdout.Contains(row)))
            .ToArray();
        var (train, test) = (Frame.Empty(covered.Length), Frame.Empty(rows.RowCount));
        foreach (var (name, learner) in bases)
        {
            var own = seed.Fork("transform").Fork(name);
            var (folds, whole) = Hand.Models(learner, planned.Folds, combine, planned.Data, own).OrThrow();
            train = Beside(train, name, planned.Data.Target,
                [.. Hand.OutOfFold(folds, planned.Folds, planned.Data.Frame).SelectMany(row => row.Numbers)]);
            test = Beside(test, name, planned.Data.Target,
                whole is null ? Hand.Mean(folds, rows) : Hand.Numbers(whole.Predict(rows).OrThrow()));
        }

        var level1 =
            new Dataset(train,
                new Roles(planned.Data.Target.Take(EquatableArray.Own(covered)), planned.Data.Weights?.At(EquatableArray.Own(covered))));
        Assert.Equal(meta.Fit(level1, seed.Fork("learner")).OrThrow().Predict(test).OrThrow(), ok.Value.Predict(rows).OrThrow());
    }

    [Property]
    public void A_transform_has_a_training_row_for_each_row_that_it_declares_as_covered(AnyTransform any, Seed seed)
    {
        if (any.Transform.Fit(any.Data, seed) is not Outcome<Fitted>.Ok ok) return;
        Assert.Equal(ok.Value.Covered?.Count ?? any.Data.RowCount, ok.Value.TrainView.RowCount);
    }

    [Property]
    public void Training_rows_and_new_rows_get_the_same_columns(AnyTransform any, Seed seed)
    {
        if (any.Transform.Fit(any.Data, seed) is not Outcome<Fitted>.Ok ok) return;
        var later = ok.Value.Map.Apply(any.Data.Frame).OrThrow();
        Assert.Equal(any.Data.RowCount, later.RowCount);
        Assert.Equal(ok.Value.TrainView.Names, later.Names);
        Assert.Equal(ok.Value.TrainView.Columns.Select(column => column.Column.GetType()),
            later.Columns.Select(column => column.Column.GetType()));
    }

    [Property]
    public void Any_composition_predicts_row_by_row(AnyLearner any, Seed seed, int[] picks)
    {
        if (any.Learner.Fit(any.Data, seed) is not Outcome<Trained>.Ok ok) return;
        var rows = EquatableArray.From(picks.Select(pick => (int)((uint)pick % any.Data.RowCount)));
        var all = ok.Value.Predict(any.Data.Frame).OrThrow();
        Assert.Equal(any.Data.RowCount, all.Count);
        Assert.Equal(all.Take(rows), ok.Value.Predict(any.Data.Frame.Take(rows)).OrThrow());
    }

    [Property]
    public void Any_composition_predicts_the_targets_levels_with_probabilities_that_sum_to_1(AnyLearner any, Seed seed)
    {
        if (any.Learner.Fit(any.Data, seed) is not Outcome<Trained>.Ok ok) return;
        switch (any.Data.Target, ok.Value.Predict(any.Data.Frame).OrThrow())
        {
            case (Target.Classes classes, Prediction.Probabilities p):
                Assert.Equal(classes.Levels, p.Levels);
                // A row is a mean of at most some dozens of rows that each sum to 1 up to rounding.
                for (var row = 0; row < p.Count; row++) Assert.Equal(1, p.Row(row).ToArray().Sum(), 1e-12);
                Assert.All(p.Matrix, x => Assert.InRange(x, 0, 1));
                break;
            case (Target.Numeric, Prediction.Numeric): break;
            case var other: Assert.Fail($"{other}"); break;
        }
    }

    // Rows of another dataset under the columns of this one, so that a model of this one can predict them.
    private static Frame Alike(Frame rows, Frame model) => new(rows.RowCount, EquatableArray.From(model.Columns.Select(column =>
        rows.Find(column.Name) is { } same && same.GetType() == column.Column.GetType() ? column with { Column = same }
        : column
            with
        {
            Column =
            column.Column.Take(EquatableArray.From(Enumerable.Range(0, rows.RowCount).Select(row => row % model.RowCount)))
        })));

    private static Frame Beside(Frame frame, string name, Target target, double[] numbers)
    {
        if (target is not Target.Classes classes) return frame.With(name, new Column.Numeric(EquatableArray.Own(numbers)));
        var k = classes.Levels.Count;
        for (var level = 0; level < k; level++)
        {
            frame = frame.With($"{name}:P({classes.Levels[level]})",
                new Column.Numeric(EquatableArray.From(numbers.Where((_, i) => i % k == level))));
        }

        return frame;
    }
}
