namespace FunctionalStack.Learners;

/// <summary>An approximate inverse of the curvature of an <see cref="IConvexObjective"/>, the same for each vector of variables.</summary>
/// <param name="Columns">Variables of a vector.</param>
/// <param name="Factor">The Cholesky factor of the approximate curvature; null where scaling alone must do.</param>
internal sealed record Preconditioner(int Columns, double[]? Factor)
{
    /// <param name="columns">Variables of a vector.</param>
    /// <param name="curvature">
    /// The approximate curvature, lower triangle, which is overwritten; null to leave it at the scales that variables have.
    /// </param>
    public static Preconditioner Of(int columns, double[]? curvature) =>
        new(columns, curvature is not null && Cholesky.Factor(curvature, columns) ? curvature : null);

    public void Apply(Span<double> gradient)
    {
        if (Factor is null) return;
        for (var from = 0; from < gradient.Length; from += Columns) Cholesky.Solve(Factor, Columns, gradient.Slice(from, Columns));
    }
}
