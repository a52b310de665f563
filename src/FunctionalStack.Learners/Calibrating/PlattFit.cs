namespace FunctionalStack.Learners;

/// <summary>Platt's sigmoid (1999), fitted by Newton's method with backtracking (Lin, Lin &amp; Weng 2007).</summary>
internal static class PlattFit
{
    public const double LeastSlope = 0.01;
    public const double GreatestSlope = 100;
    private const int MostSteps = 100;

    /// <summary>The sigmoid of least log-loss.</summary>
    /// <param name="p">The base's probability of the class, per row.</param>
    /// <param name="truth">Whether the row is of the class. Both cases occur.</param>
    /// <param name="weights">One weight per row, in units of <paramref name="unit"/>.</param>
    /// <param name="unit">The largest weight before scaling.</param>
    public static CalibrationCurve.Sigmoid Curve(double[] p, bool[] truth, double[] weights, double unit)
    {
        var (yes, no) = (0.0, 0.0);
        for (var i = 0; i < truth.Length; i++) (yes, no) = truth[i] ? (yes + weights[i], no) : (yes, no + weights[i]);
        var (high, low) = (1 - 1 / (unit * yes + 2), 1 / (unit * no + 2));
        var goals = Array.ConvertAll(truth, one => one ? high : low);
        var scores = Array.ConvertAll(p, one => CalibrationCurve.Sigmoid.LogOdds(one, p.Length));

        // The loss is convex: if the optimal slope is out of range, the optimum is at that end of the range.
        var (slope, intercept) = Minimize(scores, goals, weights, null);
        if (slope is < LeastSlope or > GreatestSlope)
            (slope, intercept) = Minimize(scores, goals, weights, Math.Clamp(slope, LeastSlope, GreatestSlope));
        return new(slope, intercept, p.Length);
    }

    /// <summary>The slope (unless given) and intercept of least log-loss. The slope is 1 if all scores are equal.</summary>
    internal static (double Slope, double Intercept) Minimize(double[] scores, double[] goals, double[] weights, double? given)
    {
        var moments = Moments.Of(scores, weights);
        if (moments.Deviation == 0) given ??= 1;

        // With centred and scaled scores, slope and intercept are nearly independent.
        var scaled = Array.ConvertAll(scores, score => moments.Deviation == 0 ? 0 : (score - moments.Mean) / moments.Deviation);
        var (a, b) = (given * moments.Deviation ?? 0, 0.0);
        var loss = Loss(a, b);
        for (var step = 0; step < MostSteps; step++)
        {
            var (ga, gb, haa, hab, hbb) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for (var i = 0; i < scaled.Length; i++)
            {
                var chance = CalibrationCurve.Sigmoid.Chance(a * scaled[i] + b);
                var (over, curve) = (weights[i] * (chance - goals[i]), weights[i] * chance * (1 - chance));
                ga += over * scaled[i];
                gb += over;
                haa += curve * scaled[i] * scaled[i];
                hab += curve * scaled[i];
                hbb += curve;
            }

            var determinant = haa * hbb - hab * hab;
            var free = given is null && determinant > 1e-12 * haa * hbb;
            var (da, db) = free ? ((hab * gb - hbb * ga) / determinant, (hab * ga - haa * gb) / determinant) : (0, -gb / hbb);
            var decrement = -(ga * da + gb * db);
            if (!(decrement > 0) || !double.IsFinite(da + db)) break;
            var share = 1.0;

            // Near the optimum the loss has no digits left to compare, and the full step is correct.
            while (decrement > 1e-10 * loss && Loss(a + share * da, b + share * db) > loss - 1e-4 * share * decrement && share > 1e-10)
                share /= 2;
            (a, b) = (a + share * da, b + share * db);
            loss = Loss(a, b);
            if (Math.Abs(da) <= 1e-14 * Math.Abs(a) && Math.Abs(db) <= 1e-14 * (1 + Math.Abs(b))) break;
        }

        var slope = given ?? a / moments.Deviation;
        return (slope,
            b - (moments.Deviation == 0 ? 0 : a / moments.Deviation * moments.Mean) - (moments.Deviation == 0 ? slope * moments.Mean : 0));

        double Loss(double a, double b)
        {
            var sum = 0.0;
            for (var i = 0; i < scaled.Length; i++)
            {
                var score = a * scaled[i] + b;
                // log(1 + exp(score)) - goal x score.
                sum += weights[i] * (Math.Max(score, 0) + Math.Log(1 + Math.Exp(-Math.Abs(score))) - goals[i] * score);
            }

            return sum;
        }
    }
}
