namespace FunctionalStack.Learners;

/// <summary>
/// Where a column divides a node's rows best: between two ranks that are next to each other in the node. A greater score
/// is purer; scores compare within a node.
/// </summary>
internal readonly record struct Split(double Score, int Low, int High)
{
    /// <summary>There are rows to divide, but not so that enough are on both sides.</summary>
    public static Split None => new(double.NegativeInfinity, 0, 0);

    /// <summary>All rows have the same value.</summary>
    public static Split Constant => new(double.NaN, 0, 0);

    public bool IsConstant => double.IsNaN(Score);
}
