namespace FunctionalStack.Learners;

/// <summary>
/// The impurity of a classification node with weighted class fractions p (Breiman et al., Classification and
/// Regression Trees, 1984). Regression trees always use the squared error.
/// </summary>
public enum Criterion
{
    /// <summary>Gini impurity: 1 - sum of p squared.</summary>
    Gini,

    /// <summary>Entropy: - sum of p log p.</summary>
    Entropy,
}
