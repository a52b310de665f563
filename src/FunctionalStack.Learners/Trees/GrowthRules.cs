namespace FunctionalStack.Learners;

/// <summary>
/// When a node is split and on what: what specs of trees say, with no limit of depth as the largest int and
/// MaxFeatures as a number, 1 to the number of columns. With RandomCuts each column considered is cut at random, rather
/// than where it divides the node best.
/// </summary>
internal sealed record GrowthRules(Criterion Criterion, int MaxDepth, int MinSamplesSplit, int MinSamplesLeaf, int MaxFeatures, bool RandomCuts = false)
{
    public static GrowthRules Of(Criterion criterion, int? maxDepth, int minSamplesSplit, int minSamplesLeaf, MaxFeatures maxFeatures, int columns) =>
        new(criterion, maxDepth ?? int.MaxValue, minSamplesSplit, minSamplesLeaf, maxFeatures.Resolve(columns));

    /// <summary>What is wrong with the parameters that all specs of trees have.</summary>
    public static IEnumerable<Failure?> Faults(Criterion criterion, int? maxDepth, int minSamplesSplit, int minSamplesLeaf, MaxFeatures maxFeatures) =>
    [
        Ensure.Defined("criterion", criterion),
        Ensure.AtLeast("maxDepth", maxDepth, 1),
        Ensure.AtLeast("minSamplesSplit", minSamplesSplit, 2),
        Ensure.AtLeast("minSamplesLeaf", minSamplesLeaf, 1),
        maxFeatures.Fault("maxFeatures"),
    ];
}
