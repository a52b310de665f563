namespace FunctionalStack;

/// <summary>How complex the models of a learner are, from the simplest. Of models with equal scores, prefer the simplest.</summary>
public enum Complexity
{
    /// <summary>A prediction that depends on no column, such as the most frequent class.</summary>
    Constant,

    /// <summary>A few parameters for each column: linear and logistic regression, naive Bayes, discriminant analysis, weights of
    /// bases.</summary>
    Linear,

    /// <summary>One model of another kind, such as a tree, nearest neighbours or a support vector machine. The default.</summary>
    Nonlinear,

    /// <summary>Many models of one kind: bagging, forests, boosting, votes.</summary>
    Ensemble,

    /// <summary>A neural network.</summary>
    Network,

    /// <summary>Cross-fitted bases and a meta-learner.</summary>
    Stack,
}
