namespace FunctionalStack.Learners;

/// <summary>
/// When a node is split and on what, checked: what specs of trees say, with no limit of depth as the largest int and
/// MaxFeatures as a number, 1 to the number of columns. With RandomCuts each column considered is cut at random, rather
/// than where it divides the node best.
/// </summary>
internal sealed record GrowthRules(Criterion Criterion, int MaxDepth, int MinSamplesSplit, int MinSamplesLeaf, int MaxFeatures, bool RandomCuts = false)
{
    public static Outcome<GrowthRules> Of(string where, Criterion criterion, int? maxDepth, int minSamplesSplit, int minSamplesLeaf, MaxFeatures maxFeatures, int columns) =>
        criterion is not (Criterion.Gini or Criterion.Entropy) ? Outcome.Fail<GrowthRules>(where, $"Criterion is {(int)criterion}", "Give Gini or Entropy.")
        : maxDepth < 1 ? Outcome.Fail<GrowthRules>(where, $"MaxDepth is {maxDepth}", "Give a depth of at least 1, or none for no limit.")
        : minSamplesSplit < 2 ? Outcome.Fail<GrowthRules>(where, $"MinSamplesSplit is {minSamplesSplit}", "Give at least 2 rows.")
        : minSamplesLeaf < 1 ? Outcome.Fail<GrowthRules>(where, $"MinSamplesLeaf is {minSamplesLeaf}", "Give at least 1 row.")
        : maxFeatures.Resolve(where, columns).Map(drawn => new GrowthRules(criterion, maxDepth ?? int.MaxValue, minSamplesSplit, minSamplesLeaf, drawn));
}
