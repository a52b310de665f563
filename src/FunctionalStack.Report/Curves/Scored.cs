namespace FunctionalStack.Reporting.Curves;

/// <summary>Rows in descending order of a score, in runs of equal scores.</summary>
/// <param name="Runs">For each distinct score, from the highest: the score, the weight of its positive rows, and that of its negative
/// rows.</param>
internal sealed record Scored(EquatableArray<(double Score, double Positive, double Negative)> Runs)
{
    /// <summary>Sorts rows by their scores. Rows whose score is not a number are left out.</summary>
    /// <param name="scores">A score for each row.</param>
    /// <param name="positive">Whether each row is positive.</param>
    /// <param name="weights">The weights; null for 1 each.</param>
    public static Scored Of(EquatableArray<double> scores, EquatableArray<bool> positive, EquatableArray<double>? weights = null)
    {
        var keys = scores.ToArray();
        var order = Enumerable.Range(0, keys.Length).ToArray();
        Array.Sort(keys, order);
        var runs = new List<(double, double, double)>();
        for (var i = order.Length - 1; i >= 0 && !double.IsNaN(keys[i]);)
        {
            double yes = 0, no = 0;
            var tie = keys[i];
            for (; i >= 0 && keys[i] == tie; i--)
            {
                var weight = weights?[order[i]] ?? 1;
                if (positive[order[i]]) yes += weight;
                else no += weight;
            }

            runs.Add((tie, yes, no));
        }

        return new(EquatableArray.From(runs));
    }

    /// <summary>The weight of all positive rows.</summary>
    public double Positives => Runs.Sum(run => run.Positive);

    /// <summary>The weight of all negative rows.</summary>
    public double Negatives => Runs.Sum(run => run.Negative);
}
