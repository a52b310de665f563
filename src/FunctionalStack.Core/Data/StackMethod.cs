namespace FunctionalStack;

/// <summary>What a classifier passes to the meta-learner, like scikit-learn's stack_method. Regressors pass their predicted
/// values.</summary>
public enum StackMethod
{
    /// <summary>A column of probabilities per class.</summary>
    Probabilities,

    /// <summary>A column of natural log-probabilities per class, with probabilities clipped to at least the floor.</summary>
    LogProbabilities,

    /// <summary>One categorical column with the most probable class.</summary>
    Labels,
}
