namespace FunctionalStack.Learners;

/// <summary>The prior probabilities of the classes.</summary>
public enum Priors
{
    /// <summary>The weighted class frequencies of the training rows.</summary>
    Shares,

    /// <summary>Equal for all classes in the training rows.</summary>
    Equal,
}

/// <summary>Bayes' rule for classes.</summary>
internal static class Posterior
{
    /// <summary>One prior probability per class; 0 if its <paramref name="mass"/> is 0.</summary>
    public static double[] Of(this Priors priors, double[] mass)
    {
        var (total, present) = (mass.Sum(), mass.Count(m => m > 0));
        return Array.ConvertAll(mass, m => m == 0 ? 0 : priors == Priors.Equal ? 1.0 / present : m / total);
    }

    /// <summary>
    /// Overwrites the logarithms of prior times density with posterior probabilities. If a row is so extreme that all densities
    /// underflow, these are <paramref name="shares"/>.
    /// </summary>
    public static void FromLogs(Span<double> logs, ReadOnlySpan<double> shares)
    {
        var greatest = double.NegativeInfinity;
        foreach (var log in logs) greatest = Math.Max(greatest, log);
        if (!double.IsFinite(greatest))
        {
            shares.CopyTo(logs);
            return;
        }

        Vectors.Softmax(logs);
    }
}
