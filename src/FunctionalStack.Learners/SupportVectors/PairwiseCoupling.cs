namespace FunctionalStack.Learners;

/// <summary>
/// Class probabilities from pairwise probabilities r(i, j) = P(i | i or j): the p that minimize the
/// sum over pairs of (r(j, i) p(i) - r(i, j) p(j))² (Wu, Lin &amp; Weng 2004, section 4.2).
/// </summary>
internal static class PairwiseCoupling
{
    /// <summary>The greatest number of rounds.</summary>
    public const int MostRounds = 1000;

    /// <summary>The error, times the number of classes, below which no further round is needed.</summary>
    public const double Tolerance = 1e-10;

    /// <summary>Computes the class probabilities.</summary>
    /// <param name="pairs">classes x classes; r(j, i) = 1 - r(i, j).</param>
    /// <param name="probabilities">Overwritten with one probability per class, which sum to 1.</param>
    public static void Couple(ReadOnlySpan<double> pairs, Span<double> probabilities)
    {
        var k = probabilities.Length;
        if (k == 2)
        {
            (probabilities[0], probabilities[1]) = (pairs[1], 1 - pairs[1]);
            return;
        }

        var q = new double[k * k];
        var product = new double[k];
        for (var i = 0; i < k; i++)
        {
            probabilities[i] = 1.0 / k;
            for (var j = 0; j < k; j++)
            {
                if (j == i) continue;
                q[i * k + i] += pairs[j * k + i] * pairs[j * k + i];
                q[i * k + j] = -pairs[j * k + i] * pairs[i * k + j];
            }
        }

        // The paper's algorithm 2: updates each p(i) in turn and divides by the sum, until Q p is the same number for all.
        for (var round = 0; round < MostRounds; round++)
        {
            var whole = 0.0;
            for (var i = 0; i < k; i++)
            {
                product[i] = 0;
                for (var j = 0; j < k; j++) product[i] += q[i * k + j] * probabilities[j];
                whole += probabilities[i] * product[i];
            }

            var error = 0.0;
            foreach (var one in product) error = Math.Max(error, Math.Abs(one - whole));
            if (error < Tolerance / k) break;
            for (var i = 0; i < k; i++)
            {
                var change = (whole - product[i]) / q[i * k + i];
                probabilities[i] += change;
                var sum = 1 + change;
                whole = (whole + change * (change * q[i * k + i] + 2 * product[i])) / sum / sum;
                for (var j = 0; j < k; j++)
                {
                    product[j] = (product[j] + change * q[i * k + j]) / sum;
                    probabilities[j] /= sum;
                }
            }
        }

        var total = 0.0;
        foreach (ref var p in probabilities) total += p = Math.Max(0, p);
        foreach (ref var p in probabilities) p /= total;
    }
}
