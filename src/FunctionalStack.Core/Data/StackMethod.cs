namespace FunctionalStack;

/// <summary>What a base hands upward for classes. Estimates are handed up as they are.</summary>
public enum StackMethod
{
    /// <summary>A column of probabilities per class.</summary>
    Probabilities,

    /// <summary>A column of natural logarithms of probabilities per class, each at least the logarithm of the floor.</summary>
    LogProbabilities,

    /// <summary>One column of the most probable class.</summary>
    Labels,
}
