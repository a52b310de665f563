namespace FunctionalStack.Learners;

/// <summary>The kernel of a support vector machine.</summary>
public enum Kernel
{
    /// <summary>The radial basis function exp(-gamma |x - y|²).</summary>
    Rbf,

    /// <summary>The dot product x y: the decision function is linear.</summary>
    Linear,
}
