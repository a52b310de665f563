namespace FunctionalStack.Learners;

/// <summary>Where a minimization came to rest.</summary>
/// <param name="At">The variables.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Converged">Whether the tolerance was met.</param>
internal sealed record Descent(double[] At, int Iterations, bool Converged)
{
    /// <summary>The same end, reached from where <paramref name="earlier"/> steps had led.</summary>
    public Descent After(int earlier) => this with { Iterations = Iterations + earlier };
}
