namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>K runs of rows, sizes within one of each other, in row order or shuffled.</summary>
    /// <param name="K">How many folds; from 2 to the number of rows.</param>
    /// <param name="Shuffle">The order in which rows are dealt; row order unless given.</param>
    public sealed record KFold(int K, Shuffle Shuffle = default) : FoldPlan
    {
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

        public override FoldPlan Shuffled(Seed seed) => this with { Shuffle = seed };

        public override FoldPlan Seeded(Seed seed) => this with { Shuffle = Shuffle.Seeded(seed) };

        private protected override void Seal() { }
    }
}
