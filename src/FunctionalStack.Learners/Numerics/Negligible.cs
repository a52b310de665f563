namespace FunctionalStack.Learners;

/// <summary>Entries of a symmetric matrix that are far below the rounding of its eigenvalues. The eigensolver divides by products of
/// entries, which underflow if these are tiny, and then does not end.</summary>
internal static class Negligible
{
    private const double Share = 1e-60;

    /// <summary>0 if the entry is negligible beside the largest of the matrix, otherwise the entry.</summary>
    public static double OrZero(double entry, double largest) => Math.Abs(entry) < Share * largest ? 0 : entry;
}
