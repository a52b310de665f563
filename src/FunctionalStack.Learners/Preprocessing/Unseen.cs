namespace FunctionalStack.Preprocessing;

/// <summary>What becomes of a level that no training row had.</summary>
public enum Unseen
{
    /// <summary>It counts as nothing known: zeros for one-hot, -1 for ordinal codes.</summary>
    Ignore,

    /// <summary>The map fails, naming column, row and level.</summary>
    Fail,
}
