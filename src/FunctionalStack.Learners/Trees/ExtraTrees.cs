namespace FunctionalStack.Learners;

/// <summary>
/// Extremely randomized trees (Geurts, Ernst &amp; Wehenkel, Machine Learning 63, 2006): a forest on all rows. Each split is the
/// best of a few randomly drawn columns, each with a threshold drawn uniformly between the minimum and the maximum
/// in the node. Predicts the mean of the trees' probabilities or predicted values. Columns must be numeric, without missing values.
/// </summary>
/// <remarks>
/// Tree <c>t</c> is grown with <c>seed.Fork("tree").Fork(t)</c>: its columns are drawn with that seed's fork <c>"features"</c>,
/// its thresholds with <c>"cuts"</c>, and with <paramref name="Bootstrap"/> its rows with <c>"bootstrap"</c>, as in a
/// <see cref="RandomForest"/>. So a forest of 50 trees is the first half of one with 100.
/// </remarks>
/// <param name="Trees">The number of trees; at least 1.</param>
/// <param name="Criterion">The impurity for classification. Regression always uses squared error.</param>
/// <param name="MaxDepth">The maximum depth, at least 1; null for no limit.</param>
/// <param name="MinSamplesSplit">The minimum number of rows of a node that is split; at least 2. A row with a frequency
/// weight (<see cref="WeightKind.Frequency"/>) counts as often as its weight, any other row once.</param>
/// <param name="MinSamplesLeaf">The minimum number of rows in each child of a split, counted in the same way; at least 1.</param>
/// <param name="MaxFeatures">The number of columns drawn for each split. By default the square root of their number for classification, and
/// all for regression.</param>
/// <param name="Bootstrap">Whether each tree is fitted on a bootstrap sample, rather than on all rows.</param>
public sealed record ExtraTrees(
    int Trees = 100,
    Criterion Criterion = Criterion.Gini,
    int? MaxDepth = null,
    int MinSamplesSplit = 2,
    int MinSamplesLeaf = 1,
    MaxFeatures MaxFeatures = default,
    bool Bootstrap = false) : IParallelLearner, IMemoryEstimate
{
    /// <inheritdoc/>
    public string Name => "extraTrees";

    /// <inheritdoc/>
    public Capabilities Capabilities => new();

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(Name, [Ensure.Count("trees", Trees), .. Rules.Faults]);

    long IMemoryEstimate.Bytes(int rows, int columns, Target target) => ForestData.Bytes(Trees, MinSamplesLeaf, rows, columns, target);

    /// <summary>Fits a <see cref="RandomForestModel"/>. Fails if no row has positive weight, or if a number is missing or not
    /// finite.</summary>
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
