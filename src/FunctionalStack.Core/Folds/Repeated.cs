namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>A plan several times over, shuffled anew each time: a row's out-of-fold prediction is the mean over the times.</summary>
    /// <param name="Plan">A plan that shuffles.</param>
    /// <param name="Times">At least 1.</param>
    /// <param name="Shuffle">By a seed, which is forked by the number of the time, or by that of the fit.</param>
    public sealed record Repeated(FoldPlan Plan, int Times, Shuffle Shuffle) : FoldPlan
    {
        // Every time is a set of folds and fits of its own, all laid out before the first.
        private const int Most = 1000;

        public override Outcome<EquatableArray<Fold>> Split(Roles roles) => Awaiting(Shuffle) ?? (Times < 1
            ? Refuse($"{Times} repeats were asked for", "Ask for at least 1.")
            : Times > Most
            ? Refuse($"{Times} repeats were asked for", $"Ask for at most {Most}.")
            : Shuffle.Seed is not { } seed
            ? Refuse("the plan is repeated in row order, which gives the same folds again", "Give it a seed to shuffle by.")
            : Outcome.All(Enumerable.Range(0, Times).Select(time => Plan.Shuffled(seed.Fork(time)).Split(roles)))
                .Map(all => EquatableArray.From(all.SelectMany(folds => folds))));

        public override FoldPlan Shuffled(Seed seed) => this with { Shuffle = seed };

        public override FoldPlan Seeded(Seed seed) => this with { Shuffle = Shuffle.Seeded(seed) };

        private protected override void Seal() { }
    }
}
