namespace FunctionalStack.Learners;

/// <summary>An approximate inverse Hessian of an <see cref="IConvexObjective"/>, the same for each vector of variables.</summary>
/// <param name="Columns">The number of variables of a vector.</param>
/// <param name="Factor">The Cholesky factor of the approximate Hessian; null for the identity.</param>
internal sealed record Preconditioner(int Columns, double[]? Factor)
{
    /// <summary>A preconditioner from an approximate Hessian.</summary>
    /// <param name="columns">The number of variables of a vector.</param>
    /// <param name="curvature">
    /// The approximate Hessian, lower triangle, which is overwritten; null for the identity, since variables are already scaled.
    /// </param>
    public static Preconditioner Of(int columns, double[]? curvature) =>
        new(columns, curvature is not null && Cholesky.Factor(curvature, columns) ? curvature : null);

    public void Apply(Span<double> gradient)
    {
        if (Factor is null) return;
        for (var from = 0; from < gradient.Length; from += Columns) Cholesky.Solve(Factor, Columns, gradient.Slice(from, Columns));
    }
}
