namespace FunctionalStack.Learners;

/// <summary>How alike two rows are to a support vector machine.</summary>
public enum Kernel
{
    /// <summary>exp(-gamma |x - y|²): near rows are alike, and far ones as unlike as any.</summary>
    Rbf,

    /// <summary>x y: the decision is linear in the columns.</summary>
    Linear,
}
