namespace FunctionalStack.Learners;

/// <summary>
/// The best split of a node by a column: between two ranks that are adjacent in the node. A higher score
/// is better. Scores are comparable within a node.
/// </summary>
internal readonly record struct Split(double Score, int Low, int High)
{
    /// <summary>The column is not constant, but no split leaves enough rows on both sides.</summary>
    public static Split None => new(double.NegativeInfinity, 0, 0);

    /// <summary>All rows have the same value.</summary>
    public static Split Constant => new(double.NaN, 0, 0);

    public bool IsConstant => double.IsNaN(Score);
}
