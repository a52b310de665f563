namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>
    /// K folds over rows in order of time (<see cref="Roles.Time"/>; without it, row order): fold i is fitted on all rows
    /// before the i-th block held out, so no fit sees its future, nor rows of the very moment at which its block begins. The
    /// first block is never held out.
    /// </summary>
    /// <param name="K">How many folds; from 2 to the number of rows less one.</param>
    public sealed record TimeOrdered(int K) : FoldPlan
    {
        public override Outcome<EquatableArray<Fold>> Split(Roles roles)
        {
            if (RefuseUnless(K, Math.Max(0, roles.Count - 1), "rows after the first") is { } refusal) return refusal;
            var block = roles.Count / (K + 1);
            int[] order = roles.Time is { } times ? [.. Enumerable.Range(0, roles.Count).OrderBy(row => times[row])] : [.. Enumerable.Range(0, roles.Count)];
            var folds = Enumerable.Range(1, K).Select(fold =>
            {
                var start = roles.Count - (K + 1 - fold) * block;
                var before = start;
                while (before > 0 && roles.Time is { } time && time[order[before - 1]] == time[order[start]]) before--;
                return new Fold(EquatableArray.From(order.Take(before).Order()), EquatableArray.From(order.Skip(start).Take(block).Order()));
            }).ToArray();
            return folds.Any(fold => fold.Train.Count == 0)
                ? Refuse("all rows before the first block held out are of the same time as it", "Ask for fewer folds, or give times that tell rows apart.")
                : Outcome.Ok(EquatableArray.Own(folds));
        }

        private protected override void Seal() { }
    }
}
