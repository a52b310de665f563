namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>
    /// The default plan. Rows with times are split in time order (earlier rows of held-out groups, or within the gap, are excluded), rows
    /// with groups by
    /// group, classes by stratification, and other rows by K-fold. Shuffled with the seed of the fit by default. A
    /// class with fewer rows than folds is spread over as many folds as it has rows, with a note.
    /// </summary>
    /// <param name="K">The number of folds; at least 2.</param>
    public sealed record Usual(int K = 5) : FoldPlan
    {
        /// <summary>The order in which rows are assigned to folds. Ignored for rows with times or groups.</summary>
        public Shuffle Shuffle { get; init; } = Shuffle.ByFit;

        /// <inheritdoc/>
        public override Outcome<EquatableArray<Fold>> Split(Roles roles) => Awaiting(Shuffle) ?? For(roles).Split(roles).Bind(folds =>
            roles is { Time: not null, Groups: { } groups } ? Outcome.All(folds.Select(fold => Apart(fold, groups))) : Outcome.Ok(folds));

        // In time order too, no group is on both sides: earlier rows of a held-out group are excluded from training.
        private static Outcome<Fold> Apart(Fold fold, EquatableArray<int> groups)
        {
            var held = fold.Holdout.Select(row => groups[row]).ToHashSet();
            var train = EquatableArray.From(fold.Train.Where(row => !held.Contains(groups[row])));
            return train.Count > 0
                ? Outcome.Ok(fold with { Train = train })
                : Outcome.Fail<Fold>("folds", "all rows before a held-out block belong to groups in it",
                    "Leave the groups or the times out.");
        }

        /// <inheritdoc/>
        public override FoldPlan Shuffled(Seed seed) => this with { Shuffle = seed };

        /// <inheritdoc/>
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
