namespace FunctionalStack.Learners;

/// <summary>
/// When and how nodes are split: the parameters of tree specs, with no limit of depth as the largest int and
/// MaxFeatures as a number from 1 to the number of columns. With RandomSplits, the threshold of each candidate column is drawn at
/// random instead of optimized.
/// </summary>
internal sealed record GrowthRules(
    Criterion Criterion, int MaxDepth, int MinSamplesSplit, int MinSamplesLeaf, int MaxFeatures, bool RandomSplits = false)
{
    /// <summary>Whether a minimum number of rows can prevent a split.</summary>
    public bool LimitsRows => MinSamplesSplit > 2 || MinSamplesLeaf > 1;
}

/// <summary>The parameters shared by all tree specs.</summary>
internal sealed record TreeRules(Criterion Criterion, int? MaxDepth, int MinSamplesSplit, int MinSamplesLeaf, MaxFeatures MaxFeatures)
{
    /// <summary>The faults of the parameters.</summary>
    public IEnumerable<Failure?> Faults =>
    [
        Ensure.Defined("criterion", Criterion),
        Ensure.AtLeast("maxDepth", MaxDepth, 1),
        Ensure.AtLeast("minSamplesSplit", MinSamplesSplit, 2),
        Ensure.AtLeast("minSamplesLeaf", MinSamplesLeaf, 1),
        MaxFeatures.Fault("maxFeatures"),
    ];

    /// <summary>The rules for this number of columns.</summary>
    public GrowthRules For(MaxFeatures usual, int columns) =>
        new(Criterion, MaxDepth ?? int.MaxValue, MinSamplesSplit, MinSamplesLeaf, MaxFeatures.Or(usual).Resolve(columns));
}
