namespace FunctionalStack;

/// <summary>The best threshold on given probabilities.</summary>
/// <param name="Value">The threshold, from 0 to 1, or <see cref="Always"/>. Rows with a larger probability are predicted as
/// positive.</param>
/// <param name="Score">The score with this threshold.</param>
/// <param name="ScoreAtHalf">The score with the threshold 0.5.</param>
internal readonly record struct ThresholdChoice(double Value, double Score, double ScoreAtHalf)
{
    /// <summary>The threshold that predicts every row as positive, also one of probability 0.</summary>
    public const double Always = -1;

    // Scores that differ by rounding only are equal. So are probabilities: they are sums and means of up to thousands of terms of
    // at most 1, each rounded by at most 2^-53, and a threshold between two of them would decide by rounding errors.
    private const double Tie = 1e-12;

    /// <summary>
    /// The best threshold. Between two neighbouring probabilities all thresholds give the same decisions: 0.5 represents them if it is
    /// among them, and otherwise the middle. No threshold lies between equal probabilities. If the lowest probability equals 0,
    /// <see cref="Always"/> predicts all rows as positive, and if the highest equals 1, the threshold 1 predicts none. Of equally good
    /// thresholds, the nearest to 0.5 is chosen, and of two such the lower.
    /// </summary>
    /// <param name="rule">What is optimized.</param>
    /// <param name="probabilities">The probability of the positive class, for each row.</param>
    /// <param name="isPositive">Whether the row is positive.</param>
    /// <param name="weights">Weights of at least 0; null for equal ones.</param>
    public static ThresholdChoice Of(Threshold rule, double[] probabilities, bool[] isPositive, double[]? weights)
    {
        // NaN is never above a threshold, so these rows are negative for each.
        var order = Enumerable.Range(0, probabilities.Length).Where(row => !double.IsNaN(probabilities[row]))
            .OrderByDescending(row => probabilities[row]).ToArray();
        var (positive, negative) = (0.0, 0.0);
        for (var row = 0; row < probabilities.Length; row++)
        {
            if (isPositive[row]) positive += weights?[row] ?? 1;
            else negative += weights?[row] ?? 1;
        }

        var choices = new List<(double Value, double Score)>();
        var (truePositive, falsePositive, above, atHalf) = (0.0, 0.0, 1.0, double.NaN);
        for (var i = 0; i <= order.Length; i++)
        {
            // With a threshold from below to above, the rows before i are predicted as positive.
            var below = i < order.Length ? probabilities[order[i]] : 0;
            var score = rule.Score(truePositive, falsePositive, positive, negative);
            if (double.IsNaN(atHalf) && (below <= 0.5 || i == order.Length)) atHalf = score;
            if (i == 0 || i == order.Length || above - below > Tie) choices.Add((Between(below, above, i > 0), score));
            if (i == order.Length) break;
            if (isPositive[order[i]]) truePositive += weights?[order[i]] ?? 1;
            else falsePositive += weights?[order[i]] ?? 1;
            above = below;
        }

        var sign = rule.LowerIsBetter ? -1 : 1;
        var best = choices.Max(one => sign * one.Score);
        var least = best - Tie * Math.Abs(best);
        var chosen = choices.Where(one => sign * one.Score >= least).MinBy(one => (Math.Abs(one.Value - 0.5), one.Value));
        return new(chosen.Value, chosen.Score, atHalf);
    }

    // At the ends, there may be no room below the lowest probability or above the highest.
    private static double Between(double below, double above, bool isLast) =>
        above - below <= Tie ? isLast ? Always : 1
        : below <= 0.5 && 0.5 < above ? 0.5
        : below + (above - below) / 2;
}
