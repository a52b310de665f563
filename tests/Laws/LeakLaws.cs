using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>Law 2: a row's out-of-fold prediction does not depend on the row's target.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public class LeakLaws
{
    [Property]
    public void Changing_a_target_changes_no_out_of_fold_prediction_of_its_row(BlindPlan planned, Seed seed, int pick)
    {
        var row = (int)((uint)pick % planned.Data.RowCount);
        SameAt(row, new Digest().CrossFit("a", planned.Plan), planned.Data, WithOtherTarget(planned.Data, row), seed);
    }

    [Property]
    public void Not_even_through_stacks_inside_stacks(AnyLearner any, Seed seed, int pick, byte k)
    {
        var row = (int)((uint)pick % any.Data.RowCount);
        SameAt(row, any.Learner.CrossFit("a", new FoldPlan.KFold(2 + k % 3, seed)), any.Data, WithOtherTarget(any.Data, row), seed);
    }

    /// <summary>
    /// Not a law, and why a stack is scored by cross-fitting the whole stack: the columns of level 1 at other rows were made by
    /// models that saw this row's target, and level 2 is fitted on those.
    /// </summary>
    [Fact]
    public void A_second_level_over_out_of_fold_columns_leaks_the_target_indirectly()
    {
        var data =
            new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4, 5, 6))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4, 5, 6)));
        var twice = new Digest().CrossFit("a", new FoldPlan.KFold(3)).Then(new Digest().CrossFit("b", new FoldPlan.KFold(3)));
        Frame At0(Dataset d) => twice.Fit(d, Seed.Of(1)).OrThrow().TrainView.Take([0]);
        Assert.NotEqual(At0(data), At0(WithOtherTarget(data, 0)));
    }

    [Property]
    public void The_law_can_fail_since_a_training_row_changes_the_others(PartitionPlan planned, Seed seed, int pick)
    {
        var row = (int)((uint)pick % planned.Data.RowCount);
        var data = planned.Data.WithFrequencies(null)
            .WithTarget(new Target.Numeric(EquatableArray.From(Enumerable.Range(0, planned.Data.RowCount).Select(i => i * 0.5))));
        var plan = new FoldPlan.KFold(2, seed);
        var before = new Digest().CrossFit("a", plan).Fit(data, seed).OrThrow().TrainView;
        var after = new Digest().CrossFit("a", plan).Fit(WithOtherTarget(data, row), seed).OrThrow().TrainView;
        var holdout = plan.Split(data.Roles).OrThrow().Single(fold => fold.Holdout.Contains(row)).Holdout;
        Assert.All(Enumerable.Range(0, data.RowCount), i =>
            Assert.Equal(holdout.Contains(i), before.Take([i]) == after.Take([i])));
    }

    [Property]
    public void The_future_changes_nothing_in_the_past(AnyData any, Seed seed, int pick, bool deep)
    {
        var (n, from) = (any.Data.RowCount, 1 + (int)((uint)pick % (any.Data.RowCount - 1)));
        var backwards = EquatableArray.From(Enumerable.Range(0, n).Select(row => row < from ? row : n - 1 - (row - from)));
        var other = new Dataset(new Shift(1).Apply(any.Data.Frame).OrThrow().Take(backwards), any.Data.Roles.Take(backwards));
        other = new(new(n,
            EquatableArray.From(any.Data.Frame.Columns.Select(column =>
            column with { Column = Past(column.Column, other.Frame[column.Name], from) }))), other.Roles);
        var level = new Digest().CrossFit("a", new FoldPlan.TimeOrdered(2));
        ITransform transform = deep ? level.Then(new Digest().CrossFit("b", new FoldPlan.TimeOrdered(2))) : level;
        for (var row = 0; row < from; row++) SameAt(row, transform, any.Data, other, seed);
    }

    [Fact]
    public void On_labels_of_pure_noise_a_stack_of_memorizers_stays_at_chance()
    {
        const int rows = 400;
        var random = Seed.Of(7).Stream();
        Column.Numeric Noise() => new(EquatableArray.From(Enumerable.Range(0, rows).Select(_ => random.NextDouble()).ToArray()));
        var data =
            new Dataset(Frame.Of(("x", Noise()), ("z", Noise())),
                new Target.Classes(EquatableArray.Of("no", "yes"),
                EquatableArray.From(Enumerable.Range(0, rows).Select(_ => random.Next(2)).ToArray())));
        var plan = new FoldPlan.KFold(5, Seed.Of(1));
        var stack =
            new Stack([new("nearest", new Nearest()), new("digest", new Digest()),
                new("inner", new Stack([new("nearest", new Nearest())], new Nearest(), plan))], new Nearest(), plan,
                Passthrough: new Identity());

        // The memorizers know every row that they have seen: any leak would show.
        Assert.Equal(1, Accuracy(new Nearest().Fit(data, Seed.Of(2)).OrThrow().Predict(data.Frame).OrThrow(), data));

        // Four standard deviations of the share of 400 fair coins: sqrt(0.25 / 400) = 0.025 each.
        var outer = stack.CrossFit("stack", new FoldPlan.KFold(4, Seed.Of(3))).Fit(data, Seed.Of(4)).OrThrow().TrainView;
        Assert.Equal(0.5, Accuracy(outer, "stack", data), 0.1);
        var level = stack.Level.Fit(data, Seed.Of(5)).OrThrow().TrainView;
        Assert.All(stack.Bases, b => Assert.Equal(0.5, Accuracy(level, b.Name, data), 0.1));
    }

    private static double Accuracy(Frame oof, string name, Dataset data) => Accuracy(
        new Prediction.Probabilities(EquatableArray.Of("no", "yes"),
            EquatableArray.Own(Hand.Numbers(oof.Select($"{name}:P(no)", $"{name}:P(yes)")))), data);

    private static double Accuracy(Prediction prediction, Dataset data) =>
        ((Prediction.Probabilities)prediction).Codes().Zip(((Target.Classes)data.Target).Codes, (p, y) => p == y ? 1.0 : 0.0).Average();

    private static void SameAt(int row, ITransform transform, Dataset data, Dataset changed, Seed seed)
    {
        if ((transform.Fit(data, seed), transform.Fit(changed, seed)) is not (Outcome<Fitted>.Ok before, Outcome<Fitted>.Ok after)) return;
        var covered = before.Value.Covered;
        Assert.Equal(covered, after.Value.Covered);
        var place = covered is { } rows ? rows.ToArray().AsSpan().IndexOf(row) : row;
        if (place >= 0) Assert.Equal(before.Value.TrainView.Take([place]), after.Value.TrainView.Take([place]));
    }

    private static Dataset WithOtherTarget(Dataset data, int row) => data.WithTarget(data.Target switch
    {
        Target.Classes classes =>
            new Target.Classes(classes.Levels,
                EquatableArray.From(classes.Codes.Select((code, i) => i == row ? (code + 1) % classes.Levels.Count : code))),
        Target.Numeric values => new Target.Numeric(EquatableArray.From(values.Values.Select((y, i) => i == row ? y + 1 : y))),
        _ => throw new InvalidOperationException(),
    });

    private static Column Past(Column past, Column future, int from) => (past, future) switch
    {
        (Column.Numeric p, Column.Numeric f) =>
            new Column.Numeric(EquatableArray.From(Enumerable.Range(0, p.Count).Select(row => row < from ? p[row] : f[row]))),
        (Column.Categorical p, Column.Categorical f) =>
            new Column.Categorical(p.Levels, EquatableArray.From(Enumerable.Range(0, p.Count).Select(row => row < from ? p[row] : f[row]))),
        _ => throw new InvalidOperationException(),
    };
}
