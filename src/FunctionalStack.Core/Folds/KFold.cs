namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>K contiguous blocks of rows, in row order or shuffled. Their sizes differ by at most one.</summary>
    /// <param name="K">The number of folds; from 2 to the number of rows.</param>
    /// <param name="Shuffle">The order in which rows are assigned; row order by default.</param>
    public sealed record KFold(int K, Shuffle Shuffle = default) : FoldPlan
    {
        /// <inheritdoc/>
        public override Outcome<EquatableArray<Fold>> Split(Roles roles)
        {
            if (Awaiting(Shuffle) is { } awaiting) return awaiting;
            if (RefuseUnless(K, roles.Count, "rows") is { } refusal) return refusal;
            var rows = Rows(roles.Count, Shuffle);
            var assignment = new int[rows.Length];
            for (int fold = 0, at = 0; fold < K; fold++)
            {
                var end = at + rows.Length / K + (fold < rows.Length % K ? 1 : 0);
                for (; at < end; at++) assignment[rows[at]] = fold;
            }

            return Outcome.Ok(Fold.FromAssignment(EquatableArray.Own(assignment)));
        }

        /// <inheritdoc/>
        public override FoldPlan Shuffled(Seed seed) => this with { Shuffle = seed };

        /// <inheritdoc/>
        public override FoldPlan Seeded(Seed seed) => this with { Shuffle = Shuffle.Seeded(seed) };

        private protected override void Seal() { }
    }
}
