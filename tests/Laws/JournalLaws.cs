using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Laws;

/// <summary>Law 5 through a journal: what was made once and found again is what would be made again.</summary>
[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 60)]
public class JournalLaws
{
    [Property]
    public void Through_a_journal_new_or_full_every_executor_gives_the_sequential_meaning(AnyLearner any, Seed seed)
    {
        var expected = any.Learner.Fit(any.Data, seed);
        foreach (var executor in new[] { Executor.Inline, Executor.Threads(3), new AnyOrder(seed) })
        {
            var journal = new Memory();
            Assert.Equal(expected, executor.Through(journal).Fit(any.Learner, any.Data, seed));
            var made = journal.Made;
            Assert.Equal(expected, executor.Through(journal).Fit(any.Learner, any.Data, seed));
            Assert.True(expected is Outcome<Trained>.Fail || journal.Made == made, "a second run made something that the first had made");
        }
    }

    [Property]
    public void A_run_that_goes_on_from_any_part_of_a_journal_is_one_that_was_never_interrupted(AnyLearner any, Seed seed, Seed lost)
    {
        var expected = any.Learner.Fit(any.Data, seed);
        var journal = new Memory();
        Executor.Inline.Through(journal).Fit(any.Learner, any.Data, seed);
        Assert.Equal(expected, Executor.Threads(2).Through(journal.Without(lost)).Fit(any.Learner, any.Data, seed));
    }

    [Property]
    public void One_journal_serves_other_data_and_seeds_without_mixing_them_up(AnyLearner any, Seed seed)
    {
        var journal = new Memory();
        foreach (var data in new[] { any.Data, any.Data.Take(EquatableArray.Range(any.Data.RowCount - 1)),
            any.Data.WithFrequencies(EquatableArray.From(Enumerable.Range(0, any.Data.RowCount).Select(row => 1.0 + row % 3))) })
        {
            foreach (var fork in new[] { seed, seed.Fork("other") })
            {
                Assert.Equal(any.Learner.Fit(data, fork), Executor.Inline.Through(journal).Fit(any.Learner, data, fork));
            }
        }
    }

    [Fact]
    public void A_spec_that_changes_in_one_base_is_fitted_anew_there_and_above()
    {
        var data =
            new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4, 5, 6))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4, 5, 6)));
        var stack =
            new Stack([new("a", new Digest()), new("b", new Shares()), new("c", new Committee(2))], new Digest(), new FoldPlan.KFold(3));
        var journal = new Memory();
        Executor.Inline.Through(journal).Fit(stack, data, Seed.Of(1)).OrThrow();
        Assert.Equal(13, journal.Models);
        // Three folds of the base, and the meta-learner: once, and for its score in three folds.
        var changed = stack with { Bases = [stack.Bases[0], new("b", new Digest()), stack.Bases[2]] };
        Assert.Equal(changed.Fit(data, Seed.Of(1)), Executor.Inline.Through(journal).Fit(changed, data, Seed.Of(1)));
        Assert.Equal(20, journal.Models);
    }

    /// <summary>What was left out is not taken for the whole, and the whole not for what is left.</summary>
    [Fact]
    public void A_run_with_more_time_goes_on_from_one_that_left_bases_out()
    {
        var data =
            new Dataset(Frame.Of(("x", Column.Numeric.Of([.. Enumerable.Range(0, 16).Select(i => i * i % 7.0)]))),
                new Target.Numeric(EquatableArray.From(Enumerable.Range(0, 16).Select(i => i % 5.0))));
        var stack =
            new Stack([new("a", new Digest()), new("b", new Shares()), new("c", new Nearest())], new Shares(), new FoldPlan.KFold(2),
                Combine.Refit);
        var calibrated = new Stack([new("stack", stack)], new Digest(), new FoldPlan.KFold(2), Combine.Refit) { Name = "calibrated" };
        var plan = new FoldPlan.KFold(2);
        foreach (var learner in new ILearner[] { stack, new Shift(1).Then(stack), calibrated })
        {
            var (whole, short_) =
                (Executor.Inline.Evaluate(learner, data, plan, Seed.Of(1)).OrThrow(),
                    Executor.Threads(1, new Budget(TimeIsUp: () => true)).Evaluate(learner, data, plan, Seed.Of(1)).OrThrow());
            foreach (var budgetFirst in new[] { true, false })
            {
                var journal = new Memory();
                FunctionalStack.Evaluation Run(bool budget) =>
                    (budget ? Executor.Threads(1, new Budget(TimeIsUp: () => true)) : Executor.Inline).Through(journal)
                        .Evaluate(learner, data, plan, Seed.Of(1)).OrThrow();
                Assert.Equal(budgetFirst ? short_ : whole, Run(budgetFirst));
                Assert.Equal(budgetFirst ? whole : short_, Run(!budgetFirst));
            }
        }
    }

    [Fact]
    public void What_has_no_key_is_fitted_and_reported()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric(EquatableArray.Of(1.0, 2, 3, 4)));
        var journal = new Memory();
        var learner = new ByFunction(rows => rows + 1);
        Assert.Equal(learner.Fit(data, Seed.Of(1)), Executor.Inline.Through(journal).Fit(learner, data, Seed.Of(1)));
        Assert.Equal((0, 1), (journal.Made, journal.Unkeyed));
    }

    /// <summary>A journal in memory.</summary>
    private sealed class Memory : IJournal
    {
        private readonly ConcurrentDictionary<(Type, FitKey), object> entries = new();
        private int made;
        private int unkeyed;

        public int Made => made;

        public int Unkeyed => unkeyed;

        public int Models => entries.Keys.Count(key => key.Item1 == typeof(IModel));

        /// <summary>About half of it.</summary>
        public Memory Without(Seed lost)
        {
            var random = lost.Stream();
            var rest = new Memory();
            foreach (var (key, entry) in entries.OrderBy(pair => pair.Key.Item2.Hex))
            {
                if (random.Next(2) == 0) rest.entries[key] = entry;
            }

            return rest;
        }

        public Outcome<T>.Ok? Find<T>(FitKey key) where T : class => entries.GetValueOrDefault((typeof(T), key)) as Outcome<T>.Ok;

        public void Keep<T>(FitKey key, Outcome<T>.Ok ok) where T : class
        {
            Interlocked.Increment(ref made);
            entries[(typeof(T), key)] = ok;
        }

        public void Passed(ILearner learner) => Interlocked.Increment(ref unkeyed);
    }

    private sealed record ByFunction(Func<int, double> Of) : ILeafLearner
    {
        public string Name => "function";

        public Capabilities Capabilities => new(MissingValues: true, Categories: true);

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
            Outcome.Ok<IModel>(new ConstantModel(new Prediction.Numeric(EquatableArray.Of(Of(data.RowCount)))));
    }
}
