namespace FunctionalStack.Learners;

/// <summary>The result of a minimization.</summary>
/// <param name="At">The variables.</param>
/// <param name="Iterations">The number of steps.</param>
/// <param name="Converged">Whether the tolerance was reached.</param>
internal sealed record Descent(double[] At, int Iterations, bool Converged)
{
    /// <summary>The same result, with <paramref name="earlier"/> more steps.</summary>
    public Descent After(int earlier) => this with { Iterations = Iterations + earlier };
}
