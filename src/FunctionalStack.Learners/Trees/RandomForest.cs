namespace FunctionalStack.Learners;

/// <summary>
/// A random forest (Breiman, Machine Learning 45, 2001): trees fitted on bootstrap samples. Each split is the best of a few
/// randomly drawn columns. Predicts the mean of the trees' probabilities or predicted values. Columns must be numeric, without missing
/// values.
/// </summary>
/// <remarks>
/// Tree <c>t</c> is grown with <c>seed.Fork("tree").Fork(t)</c>: its rows are drawn with that seed's fork <c>"bootstrap"</c>
/// (<c>Next(n)</c>, n times, over the n rows of positive weight), its columns with <c>"features"</c>. So a forest of 50
/// trees is the first half of one with 100. Weights multiply the number of times a row was drawn.
/// </remarks>
/// <param name="Trees">The number of trees; at least 1.</param>
/// <param name="Criterion">The impurity for classification. Regression always uses squared error.</param>
/// <param name="MaxDepth">The maximum depth, at least 1; null for no limit.</param>
/// <param name="MinSamplesSplit">The minimum number of distinct rows of a node that is split; at least 2. A row with a frequency
/// weight (<see cref="WeightKind.Frequency"/>) counts as often as its weight, any other row once.</param>
/// <param name="MinSamplesLeaf">The minimum number of distinct rows in each child of a split, counted in the same way; at least 1.</param>
/// <param name="MaxFeatures">The number of columns drawn for each split. By default the square root of their number for classification, and
/// all for regression.</param>
/// <param name="Bootstrap">Whether each tree is fitted on a bootstrap sample, rather than on all rows.</param>
public sealed record RandomForest(
    int Trees = 100,
    Criterion Criterion = Criterion.Gini,
    int? MaxDepth = null,
    int MinSamplesSplit = 2,
    int MinSamplesLeaf = 1,
    MaxFeatures MaxFeatures = default,
    bool Bootstrap = true) : IParallelLearner, IMemoryEstimate
{
    /// <inheritdoc/>
    public string Name => "randomForest";

    /// <inheritdoc/>
    public Capabilities Capabilities => new();

    Complexity ILearner.Complexity => Complexity.Ensemble;

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(Name, [Ensure.Count("trees", Trees), .. Rules.Faults]);

    long IMemoryEstimate.Bytes(int rows, int columns, Target target) => ForestData.Bytes(Trees, MinSamplesLeaf, rows, columns, target);

    /// <summary>Fails if no row has positive weight, or if a number is missing or not finite.</summary>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed, WorkSharing work) => ForestData.Fit(
        Name,
        Trees,
        Bootstrap,
        data,
        seed,
        work,
        Rules.For(ForestData.UsualFeatures(data.Target), data.Frame.Columns.Count));

    private TreeRules Rules => new(Criterion, MaxDepth, MinSamplesSplit, MinSamplesLeaf, MaxFeatures);
}

/// <summary>A fitted forest, by <see cref="RandomForest"/> or <see cref="ExtraTrees"/>.</summary>
/// <param name="Columns">The columns it was fitted on, indexed by <see cref="Tree.Feature"/>.</param>
/// <param name="Levels">The classes; empty for regression.</param>
/// <param name="Trees">The trees, in the order of their seeds.</param>
/// <param name="Importances">The importance of each column: the mean over the trees of its share of the impurity reduction. They sum to 1,
/// or are all 0 without splits.</param>
/// <param name="OutOfBag">The out-of-bag score; null without bootstrap, or if no row is out-of-bag.</param>
public sealed record RandomForestModel(EquatableArray<string> Columns, EquatableArray<string> Levels, EquatableArray<Tree> Trees,
    EquatableArray<double> Importances, OutOfBag? OutOfBag) : IShapModel, IRowwiseModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        [Trees.Count > 0 ? null : "no tree", Consistency.Count("importances", Importances.Count, Columns.Count),
            .. Trees.Select(tree => tree.Fault(Columns.Count, Levels.Count))]);

    /// <summary>The importance of a column.</summary>
    /// <exception cref="KeyNotFoundException">The forest was not fitted on a column of that name.</exception>
    public double ImportanceOf(string column) => Learners.Trees.ImportanceOf(column, Columns, Importances);

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => Learners.Trees.Predict(rows, Columns, Levels, Trees);

    RowFunction? IRowwiseModel.ForRow(Frame columns) => TreesOfRow.For(columns, Columns, Levels, Trees);

    /// <summary>
    /// The contribution of each column to each row's probabilities or value: exact Shapley values (Lundberg, Erion &amp; Lee 2018). For an
    /// unknown
    /// column a row follows both branches of a split, in proportion to the <paramref name="reference"/> rows that reach them. The base is
    /// the mean prediction of the reference rows.
    /// </summary>
    /// <param name="rows">The rows to explain.</param>
    /// <param name="reference">The reference rows, such as the training rows; null for <paramref name="rows"/>.</param>
    /// <returns>One output per class, or one. Fails like <see cref="Predict"/>, or if there are no reference rows.</returns>
    public Outcome<ShapValues> Explain(Frame rows, Frame? reference) =>
        TreeExplanations.Of(rows, reference ?? rows, Columns, Levels, Trees);

    /// <inheritdoc/>
    public Outcome<ShapValues> Explain(Frame rows) => Explain(rows, null);
}
