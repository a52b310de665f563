namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>
    /// K folds, each with every class in proportion to within one row. Unshuffled, the folds are those of scikit-learn's
    /// StratifiedKFold, row for row.
    /// </summary>
    /// <param name="K">How many folds; from 2 to the size of the smallest class.</param>
    /// <param name="Shuffle">Null keeps the row order within each class.</param>
    public sealed record Stratified(int K, Seed? Shuffle = null) : FoldPlan
    {
        public override Outcome<Values<Fold>> Split(Roles roles)
        {
            if (roles.Target is not Target.Classes classes) return Refuse("the target holds values, not classes", "Use K-fold for values.");
            if (RefuseUnless(K, roles.Count, "rows") is { } refusal) return refusal;
            var present = classes.Codes.Distinct().ToArray();
            var sizes = classes.Mass();
            var smallest = present.MinBy(code => sizes[code]);
            if (sizes[smallest] < K)
            {
                return Refuse($"{K} folds were asked for, but class '{classes.Levels[smallest]}' has only {sizes[smallest]} rows",
                    $"Ask for at most {Math.Max(2, sizes[smallest])} folds, or bring more rows of that class.");
            }

            // Classes in order of first appearance are dealt to the folds in turn as if sorted: that spreads the remainders.
            var rank = new int[sizes.Length];
            for (var i = 0; i < present.Length; i++) rank[present[i]] = i;
            var sorted = classes.Codes.Select(code => rank[code]).Order().ToArray();
            var assignment = new int[roles.Count];
            var seed = Shuffle;
            foreach (var code in present)
            {
                var dealt = new List<int>();
                for (var fold = 0; fold < K; fold++)
                {
                    for (var i = fold; i < sorted.Length; i += K)
                    {
                        if (sorted[i] == rank[code]) dealt.Add(fold);
                    }
                }

                var folds = dealt.ToArray();
                if (seed is { } shuffle)
                {
                    var stream = shuffle.Fork(classes.Levels[code]).Stream();
                    stream.Shuffle(folds.AsSpan());
                }

                for (int row = 0, next = 0; row < assignment.Length; row++)
                {
                    if (classes.Codes[row] == code) assignment[row] = folds[next++];
                }
            }

            return Outcome.Ok(Fold.FromAssignment(assignment));
        }

        public override FoldPlan Shuffled(Seed seed) => this with { Shuffle = seed };

        private protected override void Seal() { }
    }
}
