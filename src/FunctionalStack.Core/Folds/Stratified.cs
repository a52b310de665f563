namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>
    /// K folds that preserve the class proportions to within one row. Without shuffling, the folds equal those of scikit-learn's
    /// StratifiedKFold, row for row.
    /// </summary>
    /// <param name="K">The number of folds; from 2 to the size of the smallest class.</param>
    /// <param name="Shuffle">The order in which the rows of each class are assigned; row order by default.</param>
    public sealed record Stratified(int K, Shuffle Shuffle = default) : FoldPlan
    {
        /// <summary>Whether a class with fewer rows than folds is spread over as many folds as it has rows. Otherwise it is an
        /// error.</summary>
        internal bool Spreads { get; init; }

        /// <inheritdoc/>
        public override Outcome<EquatableArray<Fold>> Split(Roles roles)
        {
            if (Awaiting(Shuffle) is { } awaiting) return awaiting;
            if (roles.Target is not Target.Classes classes)
                return Refuse("the target is numeric, not classes", "Use K-fold for regression.");
            if (RefuseUnless(K, roles.Count, "rows") is { } refusal) return refusal;
            var present = classes.Codes.Distinct().ToArray();
            var sizes = classes.Mass();
            var smallest = present.MinBy(code => sizes[code]);
            if (sizes[smallest] < K && !(Spreads && sizes.Max() > 1))
            {
                return Refuse(
                    $"{K} folds were requested, but class '{classes.Levels[smallest]}' has only {Number(sizes[smallest])}",
                    sizes[smallest] < 2
                        ? "Add rows of that class, or use K-fold." : $"Give at most {sizes[smallest]}, or add rows of that class.");
            }

            // The classes, in order of first appearance, are assigned to the folds in turn as if sorted. That spreads the remainders.
            var folds = new Dictionary<int, Queue<int>>();
            var dealt = 0;
            foreach (var code in present)
            {
                var share = new int[K];
                for (var left = sizes[code]; left > 0; left--) share[dealt++ % K]++;
                var order = share.SelectMany((count, fold) => Enumerable.Repeat(fold, count)).ToArray();
                if (Shuffle.Seed is { } shuffle)
                {
                    var stream = shuffle.Fork(classes.Levels[code]).Stream();
                    stream.Shuffle(order.AsSpan());
                }

                folds[code] = new(order);
            }

            var assignment = EquatableArray.From(classes.Codes.Select(code => folds[code].Dequeue()));
            return Outcome.Ok(Fold.FromAssignment(assignment))
                .Noting(Rare([.. present.Where(code => sizes[code] < K).Order()], classes.Levels, sizes));
        }

        private static string Number(double rows) => rows == 1 ? "1 row" : $"{rows} rows";

        private EquatableArray<Note> Rare(int[] codes, EquatableArray<string> levels, double[] sizes) => codes switch
        {
            [] => default,
            [var only] =>
                [new("folds", $"class '{levels[only]}' has only {Number(sizes[only])} for {K} folds: some folds hold out none of them")],
            _ => [new("folds", $"{codes.Length} classes have fewer rows than the {K} folds, so some folds hold out none of them: "
                + Listed.Some([.. codes.Select(code => $"'{levels[code]}' ({Number(sizes[code])})")]))],
        };

        /// <inheritdoc/>
        public override FoldPlan Shuffled(Seed seed) => this with { Shuffle = seed };

        /// <inheritdoc/>
        public override FoldPlan Seeded(Seed seed) => this with { Shuffle = Shuffle.Seeded(seed) };

        private protected override void Seal() { }
    }
}
