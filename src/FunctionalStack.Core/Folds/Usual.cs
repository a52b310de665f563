namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>
    /// The folds usual for the rows: over time where they have times (without earlier rows of groups held out), whole groups where they have groups, of every class
    /// alike where the target holds classes, else K-fold. In random order by the seed of the fit, unless said otherwise. A
    /// class with fewer rows than folds is spread over as many folds as it has rows, with a note.
    /// </summary>
    /// <param name="K">How many folds; at least 2.</param>
    public sealed record Usual(int K = 5) : FoldPlan
    {
        /// <summary>The order in which rows are dealt to folds, where neither time nor groups decide.</summary>
        public Shuffle Shuffle { get; init; } = Shuffle.ByFit;

        public override Outcome<EquatableArray<Fold>> Split(Roles roles) => Awaiting(Shuffle) ?? For(roles).Split(roles).Bind(folds =>
            roles is { Time: not null, Groups: { } groups } ? Outcome.All(folds.Select(fold => Apart(fold, groups))) : Outcome.Ok(folds));

        // Over time too, no group is on both sides: earlier rows of a group held out are left out of the fit.
        private static Outcome<Fold> Apart(Fold fold, EquatableArray<int> groups)
        {
            var held = fold.Holdout.Select(row => groups[row]).ToHashSet();
            var train = EquatableArray.From(fold.Train.Where(row => !held.Contains(groups[row])));
            return train.Count > 0
                ? Outcome.Ok(fold with { Train = train })
                : Outcome.Fail<Fold>("folds", "all rows before a block held out are of groups that it holds", "Leave the groups or the times out.");
        }

        public override FoldPlan Shuffled(Seed seed) => this with { Shuffle = seed };

        public override FoldPlan Seeded(Seed seed) => this with { Shuffle = Shuffle.Seeded(seed) };

        private FoldPlan For(Roles roles) => roles switch
        {
            { Time: not null } => new TimeOrdered(K),
            { Groups: not null, Target: Target.Classes } => new StratifiedGroup(K),
            { Groups: not null } => new Group(K),
            { Target: Target.Classes } => new Stratified(K, Shuffle) { Spreads = true },
            _ => new KFold(K, Shuffle),
        };

        private protected override void Seal() { }
    }
}
