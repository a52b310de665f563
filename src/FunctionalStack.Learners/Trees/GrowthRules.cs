namespace FunctionalStack.Learners;

/// <summary>
/// When a node is split and on what: what specs of trees say, with no limit of depth as the largest int and
/// MaxFeatures as a number, 1 to the number of columns. With RandomSplits each column considered is split at random, rather
/// than where it divides the node best.
/// </summary>
internal sealed record GrowthRules(
    Criterion Criterion, int MaxDepth, int MinSamplesSplit, int MinSamplesLeaf, int MaxFeatures, bool RandomSplits = false);

/// <summary>The parameters that all specs of trees have.</summary>
internal sealed record TreeRules(Criterion Criterion, int? MaxDepth, int MinSamplesSplit, int MinSamplesLeaf, MaxFeatures MaxFeatures)
{
    /// <summary>What is wrong with them.</summary>
    public IEnumerable<Failure?> Faults =>
    [
        Ensure.Defined("criterion", Criterion),
        Ensure.AtLeast("maxDepth", MaxDepth, 1),
        Ensure.AtLeast("minSamplesSplit", MinSamplesSplit, 2),
        Ensure.AtLeast("minSamplesLeaf", MinSamplesLeaf, 1),
        MaxFeatures.Fault("maxFeatures"),
    ];

    /// <summary>The rules for so many columns.</summary>
    public GrowthRules For(MaxFeatures usual, int columns) =>
        new(Criterion, MaxDepth ?? int.MaxValue, MinSamplesSplit, MinSamplesLeaf, MaxFeatures.Or(usual).Resolve(columns));
}
