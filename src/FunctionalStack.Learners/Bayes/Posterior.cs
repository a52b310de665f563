namespace FunctionalStack.Learners;

/// <summary>Where the prior probabilities of classes come from.</summary>
public enum Priors
{
    /// <summary>The weighted shares of the classes in the training rows.</summary>
    Shares,

    /// <summary>The same for every class that has training rows.</summary>
    Equal,
}

/// <summary>Bayes' rule for classes.</summary>
internal static class Posterior
{
    /// <summary>A prior probability a class, 0 where <paramref name="mass"/> is.</summary>
    public static double[] Of(this Priors priors, double[] mass)
    {
        var (total, present) = (mass.Sum(), mass.Count(m => m > 0));
        return Array.ConvertAll(mass, m => m == 0 ? 0 : priors == Priors.Equal ? 1.0 / present : m / total);
    }

    /// <summary>
    /// Overwrites logarithms of prior times density by the probabilities they are in proportion to: by
    /// <paramref name="shares"/>, where a row lies so far out that no density can tell the classes apart.
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

        var sum = 0.0;
        foreach (ref var log in logs) sum += log = Math.Exp(log - greatest);
        foreach (ref var log in logs) log /= sum;
    }
}
