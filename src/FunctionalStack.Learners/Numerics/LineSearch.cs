namespace FunctionalStack.Learners;

/// <summary>Finds a step length along a descent direction of a convex function.</summary>
internal sealed class LineSearch(IConvexObjective objective)
{
    private readonly double[] trial = new double[objective.Size];
    private readonly double[] trialGradient = new double[objective.Size];

    /// <summary>
    /// Halves the step until it lowers the value (Armijo). Near the optimum, values differ only by rounding. Then a step
    /// is accepted if the slope at its end is at most as steep as at its start, which is equivalent for a convex function
    /// (Hager &amp; Zhang 2005, the approximate Wolfe condition). Returns false, without changes, if no length is accepted.
    /// </summary>
    public bool Take(double[] at, double[] step, double slope, double[] gradient, ref double value)
    {
        var length = 1.0;
        for (var halving = 0; halving < 40; halving++, length /= 2)
        {
            for (var i = 0; i < at.Length; i++) trial[i] = at[i] + length * step[i];
            var found = objective.Evaluate(trial, trialGradient);
            var slack = 1e-13 * (Math.Abs(value) + 1e-3 * objective.TotalWeight);
            var passes = found <= value + 1e-4 * length * slope
                || (found <= value + slack && Math.Abs(Vectors.Dot(trialGradient, step)) <= 0.9 * Math.Abs(slope));
            if (!passes) continue;
            trial.CopyTo(at, 0);
            trialGradient.CopyTo(gradient, 0);
            value = found;
            return true;
        }

        return false;
    }
}
