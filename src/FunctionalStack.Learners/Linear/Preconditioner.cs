namespace FunctionalStack.Learners;

/// <summary>An approximate inverse of the curvature of a <see cref="LogisticObjective"/>, the same for each vector of variables.</summary>
/// <param name="Columns">Variables of a vector.</param>
/// <param name="Factor">The Cholesky factor of the approximate curvature; null where scaling alone must do.</param>
internal sealed record Preconditioner(int Columns, double[]? Factor)
{
    /// <param name="design">The columns.</param>
    /// <param name="curvature">The second derivative of a typical row's loss.</param>
    /// <param name="whole">Whether to take the products of all columns into account, or leave it at the design's scales.</param>
    public static Preconditioner Of(Design design, double curvature, bool whole)
    {
        if (!whole) return new(design.Columns, null);
        var gram = design.Gram(curvature);
        return new(design.Columns, Cholesky.Factor(gram, design.Columns) ? gram : null);
    }

    public void Apply(Span<double> gradient)
    {
        if (Factor is null) return;
        for (var from = 0; from < gradient.Length; from += Columns) Cholesky.Solve(Factor, Columns, gradient.Slice(from, Columns));
    }
}
