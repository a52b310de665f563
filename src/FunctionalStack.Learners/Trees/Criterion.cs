namespace FunctionalStack.Learners;

/// <summary>
/// How impure a node's classes are, for weighted shares p of the classes in it (Breiman et al., Classification and
/// Regression Trees, 1984). Trees over values always use the squared error about the node's mean.
/// </summary>
public enum Criterion
{
    /// <summary>1 - sum of p squared.</summary>
    Gini,

    /// <summary>- sum of p log p.</summary>
    Entropy,
}
