namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>Repeats a plan, shuffled differently each time. The out-of-fold prediction of a row is the mean over the repeats.</summary>
    /// <param name="Plan">A plan that shuffles.</param>
    /// <param name="Times">The number of repeats; from 1 to 1000.</param>
    /// <param name="Shuffle">A seed, which is forked by the number of the repeat, or the seed of the fit.</param>
    public sealed record Repeated(FoldPlan Plan, int Times, Shuffle Shuffle) : FoldPlan
    {
        // Every repeat has separate folds and fits, which are all planned before the first.
        private const int Most = 1000;

        /// <inheritdoc/>
        public override Outcome<EquatableArray<Fold>> Split(Roles roles) => Awaiting(Shuffle) ?? (Times < 1
            ? Refuse($"{Times} repeats were requested", "Give at least 1.")
            : Times > Most
            ? Refuse($"{Times} repeats were requested", $"Give at most {Most}.")
            : Shuffle.Seed is not { } seed
            ? Refuse("the plan is repeated without shuffling, so all repeats have the same folds", "Give a seed.")
            : Outcome.All(Enumerable.Range(0, Times).Select(time => Plan.Shuffled(seed.Fork(time)).Split(roles)))
                .Map(all => EquatableArray.From(all.SelectMany(folds => folds))));

        /// <inheritdoc/>
        public override FoldPlan Shuffled(Seed seed) => this with { Shuffle = seed };

        /// <inheritdoc/>
        public override FoldPlan Seeded(Seed seed) => this with { Shuffle = Shuffle.Seeded(seed) };

        private protected override void Seal() { }
    }
}
