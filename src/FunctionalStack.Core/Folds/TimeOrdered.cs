namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>
    /// K folds in time order (<see cref="Roles.Time"/>, or row order without it). Fold i is fitted on all rows
    /// before the i-th held-out block. Rows with the same time as the block's first row, or within <see cref="Roles.Gap"/> before
    /// it, are excluded. The first block is never held out.
    /// </summary>
    /// <param name="K">The number of folds; from 2 to the number of rows minus one.</param>
    public sealed record TimeOrdered(int K) : FoldPlan
    {
        /// <inheritdoc/>
        public override Outcome<EquatableArray<Fold>> Split(Roles roles)
        {
            if (RefuseUnless(K, Math.Max(0, roles.Count - 1), "rows after the first") is { } refusal) return refusal;
            var block = roles.Count / (K + 1);
            int[] order = roles.Time is { } times
                ? [.. Enumerable.Range(0, roles.Count).OrderBy(row => times[row])] : [.. Enumerable.Range(0, roles.Count)];
            var folds = Enumerable.Range(1, K).Select(fold =>
            {
                var start = roles.Count - (K + 1 - fold) * block;
                var before = start;
                while (before > 0 && roles.Time is { } time && !(time[order[before - 1]] < time[order[start]] - roles.Gap)) before--;
                return new Fold(EquatableArray.From(order.Take(before).Order()),
                    EquatableArray.From(order.Skip(start).Take(block).Order()));
            }).ToArray();
            return folds.Any(fold => fold.Train.Count == 0)
                ? roles is { Time: not null, Gap: > 0 }
                    ? Refuse("all rows before the first held-out block are within the gap before it",
                        "Give fewer folds, or a smaller gap.")
                    : Refuse("all rows before the first held-out block have the same time as it",
                        "Give fewer folds, or times that distinguish the rows.")
                : Outcome.Ok(EquatableArray.Own(folds));
        }

        private protected override void Seal() { }
    }
}
