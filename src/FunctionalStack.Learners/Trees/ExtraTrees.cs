namespace FunctionalStack.Learners;

/// <summary>
/// Extremely randomized trees (Geurts, Ernst &amp; Wehenkel, Machine Learning 63, 2006): a forest on all rows, each split
/// choosing among a few columns drawn at random, each split at a place drawn uniformly between the lowest and the highest
/// value in the node; probabilities and estimates are the mean of the trees'. Numeric columns, no missing values.
/// </summary>
/// <remarks>
/// Tree <c>t</c> is grown by <c>seed.Fork("tree").Fork(t)</c>: its columns come from that seed's fork <c>"features"</c>,
/// its thresholds from <c>"cuts"</c>, and with <paramref name="Bootstrap"/> its rows from <c>"bootstrap"</c>, as in a
/// <see cref="RandomForest"/>. So 50 trees are the first half of 100.
/// </remarks>
/// <param name="Trees">At least 1.</param>
/// <param name="Criterion">What is pure, for classes; values always go by squared error.</param>
/// <param name="MaxDepth">Splits on the longest way down, at least 1; null for no limit.</param>
/// <param name="MinSamplesSplit">Rows (not weight) that a node must have to be split, at least 2.</param>
/// <param name="MinSamplesLeaf">Rows (not weight) that each side of a split must have, at least 1.</param>
/// <param name="MaxFeatures">Columns drawn for each split; unless given, the square root of their number for classes and all for values.</param>
/// <param name="Bootstrap">Whether each tree gets rows drawn with replacement, rather than all rows.</param>
public sealed record ExtraTrees(
    int Trees = 100,
    Criterion Criterion = Criterion.Gini,
    int? MaxDepth = null,
    int MinSamplesSplit = 2,
    int MinSamplesLeaf = 1,
    MaxFeatures MaxFeatures = default,
    bool Bootstrap = false) : IParallelLearner, IMemoryEstimate
{
    public string Name => "extraTrees";

    public Capabilities Capabilities => new();

    public EquatableArray<Failure> Validate() => Ensure.All(Name, [Ensure.Count("trees", Trees), .. Rules.Faults]);

    long IMemoryEstimate.Bytes(int rows, int columns, Target target) => ForestData.Bytes(Trees, MinSamplesLeaf, rows, columns, target);

    /// <summary>A <see cref="RandomForestModel"/>. Fails where no row has weight, and on numbers that are missing or not finite.</summary>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed, WorkSharing work) => ForestData.Fit(
        Name,
        Trees,
        Bootstrap,
        data,
        seed,
        work,
        Rules.For(ForestData.UsualFeatures(data.Target), data.Frame.Columns.Count) with { RandomSplits = true });

    private TreeRules Rules => new(Criterion, MaxDepth, MinSamplesSplit, MinSamplesLeaf, MaxFeatures);
}
