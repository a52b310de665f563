using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Tests;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 50)]
public class RunningTests
{
    private static readonly Stack Stack = Stacking
        .Of(("nearest", new Nearest()), ("digest", new Digest()))
        .Folds(new FoldPlan.KFold(2))
        .Meta(new Shares());

    private static readonly Dataset Four = new(
        Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4, 5, 6))), Target.Classes.Of("a", "a", "a", "b", "b", "b"));

    [Property]
    public void The_number_of_threads_does_not_change_the_result(AnyLearner sample, Seed seed) =>
        Assert.Equal(sample.Learner.Fit(sample.Data, seed), sample.Learner.Fit(sample.Data, seed, threads: 2));

    [Property]
    public void Evaluate_equals_the_cross_validation_of_the_core(ClassData sample, Seed seed)
    {
        var plan = new FoldPlan.KFold(2, seed);

        Assert.Equal(
            Executor.Inline.Evaluate(Stack, sample.Data, plan, seed).Map(Meaning),
            Stack.Evaluate(sample.Data, seed, plan, threads: 2).Map(Meaning));

        // Scores can be NaN, so they are compared as text.
        static string Meaning(Evaluation evaluation) =>
            string.Join("\n", evaluation.Models.Select(c => $"{c.Name} {c.Role} {string.Join(" ", c.Scores)}"));
    }

    [Fact]
    public void Evaluation_scores_every_base_and_the_stack()
    {
        var models = Stack.Evaluate(Four, Seed.Of(1), folds: 3).OrThrow().Models;

        Assert.Equal(["nearest", "digest", "stack"], models.Select(c => c.Name));
        Assert.All(models, c => Assert.Equal(3, c["accuracy"].PerFold.Count));
    }

    [Fact]
    public void Progress_reports_every_fit_once_and_in_order()
    {
        var seen = new Reports();

        Stack.Fit(Four, Seed.Of(1), threads: 2, seen).OrThrow();

        // Two bases with two folds; the meta-learner once and, for its score, with two folds.
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], seen.Select(report => report.Done));
        Assert.All(seen, report => Assert.Equal(7, report.Total));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Cancellation_stops_the_run_between_two_fits(int threads)
    {
        using var source = new CancellationTokenSource();
        var seen = new Reports(_ => source.Cancel());

        Assert.ThrowsAny<OperationCanceledException>(() => Stack.Fit(Four, Seed.Of(1), threads, seen, source.Token));
        Assert.True(seen.Count < 5);
        Assert.ThrowsAny<OperationCanceledException>(() => Stack.Fit(Four, Seed.Of(1), threads, cancellation: source.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => Stack.Evaluate(Four, Seed.Of(1), folds: 2, threads, cancellation: source.Token));
    }

    [Property]
    public void Tasks_give_the_same_results(ClassData sample, Seed seed)
    {
        Assert.Equal(Stack.Fit(sample.Data, seed), Stack.FitAsync(sample.Data, seed, threads: 2).Result);
        Assert.Equal($"{Stack.Evaluate(sample.Data, seed, folds: 2)}", $"{Stack.EvaluateAsync(sample.Data, seed, folds: 2).Result}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Cancellation_ends_a_task(int threads)
    {
        using var source = new CancellationTokenSource();
        var caller = Environment.CurrentManagedThreadId;
        var on = caller;
        var seen = new Reports(_ =>
        {
            on = Environment.CurrentManagedThreadId;
            source.Cancel();
        });
        var fit = Stack.FitAsync(Four, Seed.Of(1), threads, seen, source.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fit);
        Assert.True(fit.IsCanceled);
        Assert.InRange(seen.Count, 1, 4);
        Assert.NotEqual(caller, on);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Stack.EvaluateAsync(Four, Seed.Of(1), folds: 2, threads, cancellation: source.Token));
    }

    [Fact]
    public void A_failure_has_its_place_and_throws_only_on_request()
    {
        var outcome = Stack.Evaluate(Four, Seed.Of(1), folds: 7);

        var failure = Assert.IsType<Outcome<Evaluation>.Fail>(outcome).Failure;
        Assert.Equal("folds", failure.Where);
        Assert.Equal(failure, Assert.Throws<OutcomeException>(() => outcome.OrThrow()).Failure);
    }

    private sealed class Reports(Action<FitProgress>? also = null) : List<FitProgress>, IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            Add(value);
            also?.Invoke(value);
        }
    }
}
