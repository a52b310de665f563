namespace FunctionalStack;

public abstract partial record FoldPlan
{
    /// <summary>
    /// K folds over rows in order of time: fold i is fitted on all rows before the i-th block held out, so no fit sees
    /// its future. The first block is never held out.
    /// </summary>
    /// <param name="K">How many folds; from 2 to the number of rows less one.</param>
    public sealed record TimeOrdered(int K) : FoldPlan
    {
        public override Outcome<Values<Fold>> Split(Roles roles)
        {
            if (RefuseUnless(K, Math.Max(0, roles.Count - 1), "rows after the first") is { } refusal) return refusal;
            var block = roles.Count / (K + 1);
            var folds = Enumerable.Range(1, K).Select(fold =>
            {
                var start = roles.Count - (K + 1 - fold) * block;
                return new Fold(Values.Range(start), Values.From(Enumerable.Range(start, block)));
            });
            return Outcome.Ok(Values.From(folds));
        }

        private protected override void Seal() { }
    }
}
