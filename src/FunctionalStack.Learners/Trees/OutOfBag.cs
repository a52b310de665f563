namespace FunctionalStack.Learners;

/// <summary>
/// The out-of-bag score of a forest: each row is predicted by only those trees whose bootstrap sample does not contain it, nor a row of
/// its group
/// (Breiman 2001, section 3.1). It is an unbiased score without a holdout set.
/// </summary>
/// <param name="Score">Accuracy for classification (ties go to the earlier level), R squared for regression. Unweighted.</param>
/// <param name="Rows">The number of rows that are out-of-bag for at least one tree. The others are not scored.</param>
public sealed record OutOfBag(double Score, int Rows)
{
    internal static OutOfBag? Of(TreeTarget target, EquatableArray<GrownTree> trees)
    {
        var outputs = target.Outputs;
        var sums = new double[target.Count * outputs];
        var times = new int[target.Count];
        foreach (var grown in trees.AsSpan())
        {
            var leaves = grown.Tree.Outputs.AsSpan();
            for (var i = 0; i < grown.OutOfBagRows.Length; i++)
            {
                var row = grown.OutOfBagRows[i];
                times[row]++;
                for (var c = 0; c < outputs; c++) sums[row * outputs + c] += leaves[grown.OutOfBagLeaves[i] * outputs + c];
            }
        }

        var scored = Enumerable.Range(0, times.Length).Where(row => times[row] > 0).ToArray();
        for (var i = 0; i < sums.Length; i++) sums[i] /= Math.Max(times[i / outputs], 1);
        return scored.Length == 0 ? null : new(target.Score(sums, scored), scored.Length);
    }
}
