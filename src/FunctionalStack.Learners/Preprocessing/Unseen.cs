namespace FunctionalStack.Preprocessing;

/// <summary>How a level that is not in the training rows is encoded.</summary>
public enum Unseen
{
    /// <summary>As unknown: zeros for one-hot, -1 for ordinal codes.</summary>
    Ignore,

    /// <summary>As a failure that names the column, row and level.</summary>
    Fail,
}
