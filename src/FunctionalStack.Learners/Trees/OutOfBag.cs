namespace FunctionalStack.Learners;

/// <summary>
/// How good a forest is where each row is predicted by only those trees whose bootstrap sample left it out
/// (Breiman 2001, section 3.1): an honest score without a holdout.
/// </summary>
/// <param name="Score">Accuracy for classes, ties going to the earlier level; R squared for values. Unweighted.</param>
/// <param name="Rows">How many rows at least one tree left out; the others are not scored.</param>
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
            for (var i = 0; i < grown.OutsideRows.Length; i++)
            {
                var row = grown.OutsideRows[i];
                times[row]++;
                for (var c = 0; c < outputs; c++) sums[row * outputs + c] += leaves[grown.OutOfBagLeaves[i] * outputs + c];
            }
        }

        var scored = Enumerable.Range(0, times.Length).Where(row => times[row] > 0).ToArray();
        for (var i = 0; i < sums.Length; i++) sums[i] /= Math.Max(times[i / outputs], 1);
        return scored.Length == 0 ? null : new(target.Score(sums, scored), scored.Length);
    }
}
