namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>A plan several times over, shuffled anew each time: a row's out-of-fold prediction is the mean over the times.</summary>
    /// <param name="Plan">A plan that shuffles.</param>
    /// <param name="Times">At least 1.</param>
    /// <param name="Seed">Forked by the number of the time.</param>
    public sealed record Repeated(FoldPlan Plan, int Times, Seed Seed) : FoldPlan
    {
        public override Outcome<Values<Fold>> Split(Roles roles) => Times < 1
            ? Refuse($"{Times} repeats were asked for", "Ask for at least 1.")
            : Outcome.All(Enumerable.Range(0, Times).Select(time => Plan.Shuffled(Seed.Fork(time)).Split(roles)))
                .Map(all => Values.From(all.SelectMany(folds => folds)));

        public override FoldPlan Shuffled(Seed seed) => this with { Seed = seed };

        private protected override void Seal() { }
    }
}
