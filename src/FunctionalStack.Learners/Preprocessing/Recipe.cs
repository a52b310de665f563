namespace FunctionalStack.Preprocessing;

/// <summary>
/// What to put between a raw table and a learner when nothing else is known: chains of this folder's transforms, chosen
/// by the learner's kind. On a complete table of numbers they cost little more than a look at each column.
/// </summary>
public static class Recipe
{
    /// <summary>Columns of categories with at least so many levels are target encoded.</summary>
    public const int ManyLevels = 20;

    /// <summary>For learners that sum or compare columns: complete numbers on one scale.</summary>
    public static ITransform ForLinear { get; } = new DropUseless()
        .Then(new TargetEncode(MinLevels: ManyLevels))
        .Then(new Standardize())
        .Then(new Impute())
        .Then(new OneHot(MinCount: 5));

    /// <summary>
    /// For learners that measure distances: as <see cref="ForLinear"/>. Columns of 0 and 1 stay so on purpose: brought to
    /// standard deviation 1, rare levels would outweigh all else.
    /// </summary>
    public static ITransform ForDistances => ForLinear;

    /// <summary>For trees, which take numbers on any scale and cut an order anywhere.</summary>
    public static ITransform ForTrees { get; } = new DropUseless()
        .Then(new TargetEncode(MinLevels: ManyLevels))
        .Then(new Impute())
        .Then(new Ordinal());
}
