namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>K folds that keep every group together. Larger groups are assigned first, each to the smallest fold.</summary>
    /// <param name="K">The number of folds; from 2 to the number of groups.</param>
    public sealed record Group(int K) : FoldPlan
    {
        /// <inheritdoc/>
        public override Outcome<EquatableArray<Fold>> Split(Roles roles)
        {
            if (roles.Groups is not { } groups) return NoGroups();
            var sizes = groups.GroupBy(g => g).Select(g => (Group: g.Key, Size: g.Count())).OrderByDescending(g => g.Size)
                .ThenBy(g => g.Group).ToArray();
            if (RefuseUnless(K, sizes.Length, "groups") is { } refusal) return refusal;
            var load = new int[K];
            var foldOf = new Dictionary<int, int>();
            foreach (var (group, size) in sizes)
            {
                var lightest = Array.IndexOf(load, load.Min());
                load[lightest] += size;
                foldOf[group] = lightest;
            }

            return Outcome.Ok(Fold.FromAssignment(EquatableArray.From(groups.Select(g => foldOf[g]))));
        }

        private protected override void Seal() { }
    }

    /// <summary>
    /// K folds that keep every group together and the class proportions as equal as that allows. Groups with the most
    /// uneven classes are assigned first, each to the fold that keeps the class proportions most equal.
    /// </summary>
    /// <param name="K">The number of folds; from 2 to the number of groups.</param>
    public sealed record StratifiedGroup(int K) : FoldPlan
    {
        /// <inheritdoc/>
        public override Outcome<EquatableArray<Fold>> Split(Roles roles)
        {
            if (roles.Groups is not { } groups) return NoGroups();
            if (roles.Target is not Target.Classes classes)
                return Refuse("the target is numeric, not classes", "Use group K-fold for regression.");
            var mass = classes.Mass();
            var counts = groups.Select((group, row) => (group, row)).GroupBy(pair => pair.group).Select(rows =>
            {
                var count = new double[mass.Length];
                foreach (var (_, row) in rows) count[classes.Codes[row]]++;
                return (Group: rows.Key, Count: count);
            }).OrderByDescending(g => Variance(g.Count)).ThenBy(g => g.Group).ToArray();
            if (RefuseUnless(K, counts.Length, "groups") is { } refusal) return refusal;

            var load = new double[K][];
            for (var fold = 0; fold < K; fold++) load[fold] = new double[mass.Length];
            var foldOf = new Dictionary<int, int>();
            var shares = new double[K];
            var empty = K;
            for (var next = 0; next < counts.Length; next++)
            {
                var (group, count) = counts[next];
                // Once the remaining groups are just enough to fill the empty folds, only empty folds may get them.
                var candidates = Enumerable.Range(0, K).Where(fold => counts.Length - next > empty || load[fold].Sum() == 0);
                var best = candidates.MinBy(fold => (Unevenness(fold, count), load[fold].Sum()));
                if (load[best].Sum() == 0) empty--;
                for (var c = 0; c < count.Length; c++) load[best][c] += count[c];
                foldOf[group] = best;
            }

            return Outcome.Ok(Fold.FromAssignment(EquatableArray.From(groups.Select(g => foldOf[g]))));

            double Unevenness(int fold, double[] added)
            {
                var sum = 0.0;
                for (var c = 0; c < mass.Length; c++)
                {
                    if (mass[c] == 0) continue;
                    for (var f = 0; f < K; f++) shares[f] = (load[f][c] + (f == fold ? added[c] : 0)) / mass[c];
                    sum += Variance(shares);
                }

                return sum;
            }
        }

        private protected override void Seal() { }

        private static double Variance(ReadOnlySpan<double> numbers)
        {
            var (sum, squares) = (0.0, 0.0);
            foreach (var x in numbers) sum += x;
            var mean = sum / numbers.Length;
            foreach (var x in numbers) squares += (x - mean) * (x - mean);
            return squares / numbers.Length;
        }
    }

    private static Outcome<EquatableArray<Fold>> NoGroups() =>
        Refuse("no groups were given", "Name the column with the group of each row.");
}
