namespace FunctionalStack.Learners;

/// <summary>The rising steps of least squared error, by pooling adjacent violators (Ayer et al. 1955).</summary>
internal static class IsotonicFit
{
    /// <param name="p">What the base gave the class, row by row.</param>
    /// <param name="truth">Whether the row is of the class.</param>
    /// <param name="weights">A weight a row, above 0.</param>
    public static CalibrationCurve.Isotonic Curve(double[] p, bool[] truth, double[] weights)
    {
        var order = Enumerable.Range(0, p.Length).OrderBy(row => p[row]).ToArray();
        var blocks = new List<(double First, double Last, double Weight, double Yes)>();
        for (var i = 0; i < order.Length;)
        {
            // Equal probabilities are one point.
            var (at, weight, yes) = (p[order[i]], 0.0, 0.0);
            for (; i < order.Length && p[order[i]] == at; i++) (weight, yes) = (weight + weights[order[i]], yes + (truth[order[i]] ? weights[order[i]] : 0));
            blocks.Add((at, at, weight, yes));
            while (blocks.Count > 1 && blocks[^2].Yes / blocks[^2].Weight >= blocks[^1].Yes / blocks[^1].Weight)
            {
                var (left, right) = (blocks[^2], blocks[^1]);
                blocks.RemoveAt(blocks.Count - 1);
                blocks[^1] = (left.First, right.Last, left.Weight + right.Weight, left.Yes + right.Yes);
            }
        }

        var points = blocks.SelectMany(block => block.First == block.Last ? new[] { (At: block.First, To: Share(block)) } : [(block.First, Share(block)), (block.Last, Share(block))]).ToArray();
        return new(EquatableArray.From(points.Select(point => point.At)), EquatableArray.From(points.Select(point => point.To)));

        static double Share((double First, double Last, double Weight, double Yes) block) => Math.Min(1, block.Yes / block.Weight);
    }
}
