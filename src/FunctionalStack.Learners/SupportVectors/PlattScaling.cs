namespace FunctionalStack.Learners;

/// <summary>
/// Platt's (1999) sigmoid of decision values, P(first class) = 1 / (1 + exp(Slope f + Shift)), fitted by Newton's method as
/// in Lin, Lin &amp; Weng (2007). The slope is never positive, so the probability is monotone in the decision value.
/// </summary>
/// <param name="Slope">At most 0.</param>
/// <param name="Shift">Any number.</param>
internal sealed record PlattScaling(double Slope, double Shift)
{
    public double Of(double decision)
    {
        var f = Slope * decision + Shift;
        return f >= 0 ? Math.Exp(-f) / (1 + Math.Exp(-f)) : 1 / (1 + Math.Exp(f));
    }

    /// <summary>Fits the sigmoid.</summary>
    /// <param name="decisions">Out-of-fold decision values.</param>
    /// <param name="first">Whether each row is of the first class.</param>
    /// <param name="weights">One positive weight per row.</param>
    public static PlattScaling Fit(double[] decisions, bool[] first, double[] weights)
    {
        var (positive, negative) = (0.0, 0.0);
        for (var i = 0; i < first.Length; i++)
        {
            if (first[i]) positive += weights[i];
            else negative += weights[i];
        }

        // Targets smoothed away from 1 and 0, by a prior of one row per class.
        var (high, low) = ((positive + 1) / (positive + 2), 1 / (negative + 2));
        var at = new PlattScaling(0, Math.Log((negative + 1) / (positive + 1)));
        var value = at.Loss(decisions, first, weights, high, low);
        for (var iteration = 0; iteration < 100; iteration++)
        {
            // A small diagonal term keeps the Hessian positive definite if all decision values are equal.
            var (h11, h22, h21, g1, g2) = (1e-12, 1e-12, 0.0, 0.0, 0.0);
            for (var i = 0; i < decisions.Length; i++)
            {
                var p = at.Of(decisions[i]);
                var curvature = weights[i] * p * (1 - p);
                h11 += decisions[i] * decisions[i] * curvature;
                h22 += curvature;
                h21 += decisions[i] * curvature;
                var error = weights[i] * ((first[i] ? high : low) - p);
                g1 += decisions[i] * error;
                g2 += error;
            }

            if (Math.Abs(g1) < 1e-5 && Math.Abs(g2) < 1e-5) break;
            var determinant = h11 * h22 - h21 * h21;
            var (slope, shift) = (-(h22 * g1 - h21 * g2) / determinant, -(-h21 * g1 + h11 * g2) / determinant);
            var descent = g1 * slope + g2 * shift;
            var length = 1.0;
            for (; length >= 1e-10; length /= 2)
            {
                var next = new PlattScaling(at.Slope + length * slope, at.Shift + length * shift);
                var found = next.Loss(decisions, first, weights, high, low);
                if (!(found < value + 1e-4 * length * descent)) continue;
                (at, value) = (next, found);
                break;
            }

            if (length < 1e-10) break;
        }

        // Decision values with the wrong sign of slope carry no information.
        return at.Slope <= 0 ? at : new(0, Math.Log((negative + 1) / (positive + 1)));
    }

    private double Loss(double[] decisions, bool[] first, double[] weights, double high, double low)
    {
        var loss = 0.0;
        for (var i = 0; i < decisions.Length; i++)
        {
            var (f, target) = (Slope * decisions[i] + Shift, first[i] ? high : low);
            loss += weights[i] * (f >= 0 ? target * f + Math.Log(1 + Math.Exp(-f)) : (target - 1) * f + Math.Log(1 + Math.Exp(f)));
        }

        return loss;
    }
}
