namespace FunctionalStack.Learners;

/// <summary>The exponent (1 over Guo's temperature) of least log-loss.</summary>
internal static class TemperatureFit
{
    private const int MostSteps = 200;

    /// <summary>The minimum of the convex loss, by Newton's method within a bracket. If there is none inside the range, one of its
    /// ends.</summary>
    /// <param name="logs">For each class the log-probability, per row.</param>
    /// <param name="truth">The index of each row's class.</param>
    /// <param name="weights">One weight per row.</param>
    public static double Exponent(double[][] logs, int[] truth, double[] weights)
    {
        var (low, high) = (PlattFit.LeastSlope, PlattFit.GreatestSlope);
        if (Slope(low).Slope >= 0) return low;
        if (Slope(high).Slope <= 0) return high;
        var at = 1.0;
        for (var step = 0; step < MostSteps; step++)
        {
            var (slope, curve) = Slope(at);
            if (slope == 0) break;
            (low, high) = slope > 0 ? (low, at) : (at, high);
            var next = at - slope / curve;
            if (!(next > low && next < high)) next = Math.Sqrt(low * high);
            if (Math.Abs(next - at) <= 1e-15 * at) break;
            at = next;
        }

        return at;

        (double Slope, double Curve) Slope(double exponent)
        {
            var (slope, curve) = (0.0, 0.0);
            for (var row = 0; row < truth.Length; row++)
            {
                var greatest = logs.Max(column => column[row]);
                var (sum, first, second) = (0.0, 0.0, 0.0);
                foreach (var column in logs)
                {
                    var (chance, log) = (Math.Exp(exponent * (column[row] - greatest)), column[row] - greatest);
                    sum += chance;
                    first += chance * log;
                    second += chance * log * log;
                }

                var mean = first / sum;
                slope += weights[row] * (mean - (logs[truth[row]][row] - greatest));
                curve += weights[row] * Math.Max(0, second / sum - mean * mean);
            }

            return (slope, curve);
        }
    }
}
