using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>Law 5: same data, spec and seed give an equal model, whoever runs the fits.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public class ExecutionLaws
{
    internal static readonly IExecutor[] executors =
        [Executor.Inline, Executor.Threads(1), Executor.Threads(2), Executor.Threads(3), Executor.Threads(8), Executor.AllProcessors];

    [Property]
    public void Fitting_twice_gives_an_equal_model(AnyLearner any, Seed seed) =>
        Assert.Equal(any.Learner.Fit(any.Data, seed), any.Learner.Fit(any.Data, seed));

    [Property]
    public void Every_executor_gives_the_model_failure_and_notes_of_the_sequential_meaning(AnyLearner any, Seed seed)
    {
        var expected = Reference.Fit(any.Learner, any.Data, seed);
        foreach (var executor in executors)
        {
            var outcome = executor.Fit(any.Learner, any.Data, seed);
            Agree(expected, Model(outcome));
            Assert.Equal(outcome.Notes, outcome.Match(trained => trained.Notes, _ => default));
        }
    }

    [Property]
    public void Every_executor_fits_transforms_alike(AnyTransform any, Seed seed)
    {
        var expected = Reference.Fit(any.Transform, any.Data, seed);
        Assert.All(executors,
            executor =>
            Agree(expected,
                executor.Fit(any.Transform, any.Data, seed)
                    .Map(fitted => fitted with { OutOfFold = default, Searches = default, Covered = null })));
    }

    [Property]
    public void So_does_every_order_of_tasks_that_respects_their_needs(AnyLearner any, Seed seed, Seed order) =>
        Assert.Equal(any.Learner.Fit(any.Data, seed), new AnyOrder(order).Fit(any.Learner, any.Data, seed));

    [Property]
    public void What_is_fitted_without_scores_is_the_same_model(AnyLearner any, Seed seed) =>
        Assert.Equal(Model(any.Learner.Fit(any.Data, seed)), any.Learner.FitModel(any.Data, seed));

    // The model alone, with the notes of its own fits: that a stack could not be scored is no note of those.
    private static Outcome<IModel> Model(Outcome<Trained> outcome) => outcome is Outcome<Trained>.Ok ok
        ? new Outcome<IModel>.Ok(ok.Value.Model,
            EquatableArray.From(ok.Notes.Where(note => !note.What.StartsWith("the stack could not be scored", StringComparison.Ordinal))))
        : outcome.Map(trained => trained.Model);

    // What cannot be split into folds is refused before any fit: the reported failure is then not the first in the order of the fits.
    private static void Agree<T>(Outcome<T> expected, Outcome<T> found)
    {
        var refused = found is Outcome<T>.Fail { Failure.Where: var where } && where.EndsWith("folds", StringComparison.Ordinal);
        if (refused) Assert.IsType<Outcome<T>.Fail>(expected);
        else Assert.Equal(expected, found);
    }

    [Fact]
    public void Most_random_compositions_can_be_fitted_and_some_cannot()
    {
        var samples = Arbitraries.Learners().Generator.Sample(200, 300);
        var fitted = samples.Count(sample => sample.Learner.Fit(sample.Data, Seed.Of(1)) is Outcome<Trained>.Ok);
        Assert.InRange(fitted, samples.Count() / 2, samples.Count() - 10);
    }

    [Fact]
    public void A_failure_names_base_fold_and_reason_whoever_runs_it()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4, 5, 6))), Target.Classes.Of("a", "a", "b", "b", "c", "c"));
        var stack =
            new Stack([new("fine", new Shares()), new("picky", new NeedsEveryClass(new Shares()))], new Shares(), new FoldPlan.KFold(3));
        var expected = new Failure("picky, fold 1 of 3: shares", "no row has class 'a'", "Bring rows of every class.");
        Assert.Equal(new Outcome<Trained>.Fail(expected), stack.Fit(data, Seed.Of(1)));
        Assert.All(executors, executor => Assert.Equal(new Outcome<Trained>.Fail(expected), executor.Fit(stack, data, Seed.Of(1))));

        var left = stack with { OnFailure = OnFailure.LeaveOut };
        Assert.Contains(left.Fit(data, Seed.Of(1)).Notes,
            note => note == new Note(expected.Where, $"left out: {expected.What}. {expected.Remedy}"));
        Assert.All(executors, executor => Assert.Equal(left.Fit(data, Seed.Of(1)), executor.Fit(left, data, Seed.Of(1))));
    }

    [Fact]
    public void What_cannot_be_split_into_folds_is_refused_before_any_fit()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));
        var tally = new Tally();
        var learner = new Counting(tally).CrossFit("first", new FoldPlan.KFold(2))
            .Then(new Shares().CrossFit("second", new FoldPlan.KFold(9))).Then(new Shares());
        Assert.All(executors,
            executor =>
            Assert.Equal("second: folds", Assert.IsType<Outcome<Trained>.Fail>(executor.Fit(learner, data, Seed.Of(1))).Failure.Where));
        Assert.Equal(0, tally.Fits);

        // Its location is reported as for any other failure.
        var inner = new Stack([new("x", new Shares())], new Shares(), new FoldPlan.KFold(9));
        var outer = new Stack([new("first", new Counting(tally)), new("inner", inner)], new Shares(), new FoldPlan.KFold(2));
        Assert.Equal("inner, fold 1 of 2: x: folds", Assert.IsType<Outcome<Trained>.Fail>(outer.Fit(data, Seed.Of(1))).Failure.Where);
        Assert.Equal(0, tally.Fits);
    }

    [Fact]
    public void What_the_rows_rule_out_is_refused_before_any_fit()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));
        var tally = new Tally();
        var fine = new Base("fine", new Counting(tally));
        Stack With(Capabilities declared) => new([fine, new("last", new Declaring(declared))], new Shares(), new FoldPlan.KFold(2));
        Assert.Equal(
            "last: declaring: row weights range from 1 to 2, but it does not support weights. Leave the weights out, or use a learner "
                + "that supports them, such as logistic or randomForest.",
            With(new(Weights: false)).Fit(data.WithFrequencies([1, 2, 0, 1]), Seed.Of(1)).Match(_ => "", failure => failure.ToString()));
        Assert.IsType<Outcome<Trained>.Ok>(With(new(Weights: false)).Fit(data.WithFrequencies([2, 2, 0, 2]), Seed.Of(1)));
        tally.Fits = 0;
        Assert.StartsWith("last: declaring: column 'x': does not hold predictions of a base",
            With(new(PredictionsOnly: true)).Fit(data, Seed.Of(1)).Match(_ => "", failure => failure.ToString()));
        Assert.Equal(0, tally.Fits);
    }

    [Fact]
    public void What_the_columns_rule_out_is_refused_before_any_fit()
    {
        var frame = Frame.Of(("x", Column.Numeric.Of(1, double.NaN, 3, 4)), ("w", Column.Categorical.Of("a", "b", "a", "b")));
        var data = new Dataset(frame, new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));
        var tally = new Tally();
        var fine = new Base("fine", new Counting(tally));
        string Refused(ILearner last, Dataset rows, ILearner? meta = null) =>
            new Stack([fine, new("last", last)], meta ?? new Shares(), new FoldPlan.KFold(2)).Fit(rows, Seed.Of(1))
                .Match(_ => "", failure => failure.ToString());
        var numbers = SelectColumns.Of("x");
        var (numeric, complete) = (new Declaring(new(MissingValues: true)), new Declaring(new(Categories: true)));

        Assert.StartsWith("last: declaring: column 'w': holds categories", Refused(numeric, data), StringComparison.Ordinal);
        Assert.StartsWith("last: declaring: column 'x', row 2: the value is missing", Refused(complete, data), StringComparison.Ordinal);
        Assert.StartsWith("last: column 'y': is not in the data. Name one of: x, w.", Refused(SelectColumns.Of("y").Then(numeric), data),
            StringComparison.Ordinal);
        Assert.StartsWith("meta-learner: column 'lost': is not in the data. Name one of: fine, last.",
            Refused(new Shares(), data, SelectColumns.Of("lost").Then(new Shares())), StringComparison.Ordinal);
        Assert.Equal(0, tally.Fits);

        // What is validated from the data holds for rows of positive weight, and behind transforms that keep columns; others may fix it.
        Assert.Equal("", Refused(numbers.Then(numeric), data));
        Assert.Equal("", Refused(complete, data.WithFrequencies([1, 0, 1, 1])));
        Assert.Equal("", Refused(new Shares(), data, SelectColumns.Of("fine").Then(new Shares())));
        Assert.Equal("", Refused(new Shift(1).Then(new Shares()), data.WithFrame(frame.Select("x"))));
    }

    [Fact]
    public void Rare_classes_are_noted_once_in_a_fit_and_in_its_result()
    {
        var data =
            new Dataset(Frame.Of(("x", Column.Numeric.Of([.. Enumerable.Range(0, 24).Select(i => (double)i)]))),
                Target.Classes.Of([.. Enumerable.Repeat("often", 21), "rare", "rare", "rare"]));
        var stack = new Stack([new("a", new Shares()), new("b", new Nearest())], new Shares(), new FoldPlan.Usual());
        bool Rare(Note note) => note.What == "class 'rare' has only 3 rows for 5 folds: some folds hold out none of them";
        var fitted = stack.Fit(data, Seed.Of(1));
        Assert.Single(fitted.Notes, Rare);
        Assert.Equal(fitted.Notes, fitted.OrThrow().Notes);
        var evaluated = Executor.Inline.Evaluate(stack, data, new FoldPlan.Usual(), Seed.Of(1));
        Assert.Single(evaluated.Notes, note => Rare(note) && note.Where == "outer folds");
        Assert.Equal(evaluated.Notes, evaluated.OrThrow().Notes);
    }

    [Fact]
    public void Parameters_and_targets_of_every_part_are_checked_before_any_fit()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));
        var tally = new Tally();
        var fine = new Base("fine", new Counting(tally));
        var plan = new FoldPlan.KFold(2);
        var (broken, classes) = (new Checked(0), new Checked(1, TargetKinds.Classes));
        foreach (var (learner, place) in new (ILearner, string)[]
        {
            (new Stack([fine, new("last", broken)], new Shares(), plan), "last: checked"),
            (new Stack([fine, new("last", classes)], new Shares(), plan), "last: checked"),
            (new Stack([fine], broken, plan), "meta-learner: checked"),
            (new Stack([fine], new Shift(1).Then(classes), plan), "meta-learner: checked"),
            (new Stack([fine, new("inner", new Stack([fine, new("deep", broken)], new Shares(), plan))], new Shares(), plan),
                "inner: deep: checked"),
            (new Stack([fine, new("a", broken)], new Shares(), plan, OnFailure: OnFailure.LeaveOut) { Bases = [new("a", broken)] },
                "a: checked"),
        })
        {
            Assert.All(executors,
                executor =>
                Assert.Equal(place, Assert.IsType<Outcome<Trained>.Fail>(executor.Fit(learner, data, Seed.Of(1))).Failure.Where));
            Assert.All(executors,
                executor =>
                Assert.Equal(place,
                    Assert.IsType<Outcome<Evaluation>.Fail>(executor.Evaluate(learner, data, plan, Seed.Of(1))).Failure.Where));
        }

        Assert.Equal(0, tally.Fits);

        // A base that may be left out is.
        var left = new Stack([fine, new("last", broken)], new Shares(), plan, OnFailure: OnFailure.LeaveOut).Fit(data, Seed.Of(1));
        Assert.Contains(left.Notes, note => note == new Note("last, fold 1 of 2: checked", "left out: parts is 0. Give at least 1."));
    }

    [Fact]
    public void Nothing_is_fitted_after_what_fails_for_all()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));
        var tally = new Tally();
        var counting = new Counting(tally);
        var stack =
            new Stack([new("before", counting), new("bad", new NeedsRows(99, counting)), new("after", counting)], counting,
                new FoldPlan.KFold(4));
        var expected = stack.Fit(data, Seed.Of(1));
        Assert.StartsWith("bad, fold 1 of 4", expected.Match(_ => "", failure => failure.Where));
        Assert.Equal(4, tally.Fits);
        Assert.Equal(expected, Executor.Inline.Fit(stack, data, Seed.Of(1)));
        Assert.Equal(8, tally.Fits);
        Assert.All(executors, executor => Assert.Equal(expected, executor.Fit(stack, data, Seed.Of(1))));

        // Where it is left out, all others are fitted: 4 folds of two bases, and the meta-learner, once for its score in each fold.
        tally.Fits = 0;
        Assert.All(executors,
            executor =>
            Assert.Equal((stack with { OnFailure = OnFailure.LeaveOut }).Fit(data, Seed.Of(1)),
                executor.Fit(stack with { OnFailure = OnFailure.LeaveOut }, data, Seed.Of(1))));
        Assert.Equal(2 * 13 * executors.Length, tally.Fits);
    }

    private sealed class Tally
    {
        private int fits;

        public int Fits
        {
            get => fits;
            set => fits = value;
        }

        public void Count() => Interlocked.Increment(ref fits);
    }

    private sealed record Counting(Tally Tally) : ILeafLearner
    {
        public string Name => "counting";

        public Capabilities Capabilities => new(MissingValues: true, Categories: true);

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed)
        {
            Tally.Count();
            return new Shares().FitLeaf(data, seed);
        }
    }

    private sealed record Checked(int Parts, TargetKinds Targets = TargetKinds.Any) : ILeafLearner
    {
        public string Name => "checked";

        public Capabilities Capabilities => new(Targets);

        public EquatableArray<Failure> Validate() => Parts < 1 ? [new(Name, $"parts is {Parts}", "Give at least 1.")] : default;

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => throw new NotSupportedException("unchecked");
    }

    private sealed record Declaring(Capabilities Capabilities) : ILeafLearner
    {
        public string Name => "declaring";

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => new Shares().FitLeaf(data, seed);
    }
}
