namespace FunctionalStack.Learners;

/// <summary>Isotonic regression by the pool-adjacent-violators algorithm (Ayer et al. 1955).</summary>
internal static class IsotonicFit
{
    /// <summary>The non-decreasing curve of least squared error.</summary>
    /// <param name="p">The base's probability of the class, per row.</param>
    /// <param name="truth">Whether the row is of the class.</param>
    /// <param name="weights">One weight per row, above 0.</param>
    public static CalibrationCurve.Isotonic Curve(double[] p, bool[] truth, double[] weights)
    {
        var order = Enumerable.Range(0, p.Length).OrderBy(row => p[row]).ToArray();
        var blocks = new List<(double First, double Last, double Weight, double Yes)>();
        for (var i = 0; i < order.Length;)
        {
            // Equal probabilities form one point.
            var (at, weight, yes) = (p[order[i]], 0.0, 0.0);
            for (; i < order.Length && p[order[i]] == at; i++)
                (weight, yes) = (weight + weights[order[i]], yes + (truth[order[i]] ? weights[order[i]] : 0));
            blocks.Add((at, at, weight, yes));
            while (blocks.Count > 1 && blocks[^2].Yes / blocks[^2].Weight >= blocks[^1].Yes / blocks[^1].Weight)
            {
                var (left, right) = (blocks[^2], blocks[^1]);
                blocks.RemoveAt(blocks.Count - 1);
                blocks[^1] = (left.First, right.Last, left.Weight + right.Weight, left.Yes + right.Yes);
            }
        }

        var points =
            blocks.SelectMany(block =>
                block.First == block.Last
                    ? new[] { (At: block.First, To: Share(block)) } : [(block.First, Share(block)), (block.Last, Share(block))]).ToArray();
        return new(EquatableArray.From(points.Select(point => point.At)), EquatableArray.From(points.Select(point => point.To)));

        static double Share((double First, double Last, double Weight, double Yes) block) => Math.Min(1, block.Yes / block.Weight);
    }
}
