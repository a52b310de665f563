namespace FunctionalStack.Learners;

/// <summary>
/// A classification or regression tree (CART: Breiman, Friedman, Olshen &amp; Stone 1984) with binary splits
/// <c>x &lt;= threshold</c>. Each split is the one with the lowest impurity. Columns must be numeric, without missing values.
/// </summary>
/// <param name="Criterion">The impurity for classification. Regression always uses squared error.</param>
/// <param name="MaxDepth">The maximum depth, at least 1; null for no limit.</param>
/// <param name="MinSamplesSplit">The minimum number of rows of a node that is split; at least 2. A row with a frequency
/// weight (<see cref="WeightKind.Frequency"/>) counts as often as its weight, any other row once.</param>
/// <param name="MinSamplesLeaf">The minimum number of rows in each child of a split, counted in the same way; at least 1.</param>
/// <param name="MaxFeatures">The number of columns drawn for each split. By default all; then nothing is random.</param>
public sealed record DecisionTree(
    Criterion Criterion = Criterion.Gini,
    int? MaxDepth = null,
    int MinSamplesSplit = 2,
    int MinSamplesLeaf = 1,
    MaxFeatures MaxFeatures = default) : ILeafLearner
{
    /// <inheritdoc/>
    public string Name => "tree";

    /// <inheritdoc/>
    public Capabilities Capabilities => new();

    /// <inheritdoc/>
    public EquatableArray<Failure> Validate() => Ensure.All(Name, Rules.Faults);

    /// <summary>Fails if no row has positive weight, or if a number is missing or not finite.</summary>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => Prepare(data).Map(IModel (ready) => Grow(ready, seed));

    private TreeRules Rules => new(Criterion, MaxDepth, MinSamplesSplit, MinSamplesLeaf, MaxFeatures);

    /// <summary>The part of a fit that does not depend on weights. Boosting does it once.</summary>
    internal Outcome<TreeData> Prepare(Dataset data) =>
        TreeData.Of(Name, data, Rules.For(MaxFeatures.All, data.Frame.Columns.Count), WorkSharing.None);

    /// <summary>The part of a fit that depends on weights.</summary>
    internal static DecisionTreeModel Grow(TreeData ready, Seed seed)
    {
        var grown = ready.Grow(seed);
        return new(ready.Names, ready.Target.Levels, grown.Tree, EquatableArray.Own(grown.Importances));
    }
}

/// <summary>A fitted tree.</summary>
/// <param name="Columns">The columns it was fitted on, indexed by <see cref="Learners.Tree.Feature"/>.</param>
/// <param name="Levels">The classes; empty for regression.</param>
/// <param name="Tree">The tree.</param>
/// <param name="Importances">The importance of each column: its share of the total impurity reduction. They sum to 1, or are all 0 for a
/// single leaf.</param>
public sealed record DecisionTreeModel(EquatableArray<string> Columns, EquatableArray<string> Levels, Tree Tree,
    EquatableArray<double> Importances) : IShapModel, IRowwiseModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Tree.Fault(Columns.Count, Levels.Count), Consistency.Count("importances", Importances.Count, Columns.Count));

    /// <summary>The importance of a column.</summary>
    /// <exception cref="KeyNotFoundException">The tree was not fitted on a column of that name.</exception>
    public double ImportanceOf(string column) => Trees.ImportanceOf(column, Columns, Importances);

    /// <inheritdoc/>
    public Outcome<Prediction> Predict(Frame rows) => Trees.Predict(rows, Columns, Levels, EquatableArray.Of(Tree));

    RowFunction? IRowwiseModel.ForRow(Frame columns) => TreesOfRow.For(columns, Columns, Levels, [Tree]);

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
        TreeExplanations.Of(rows, reference ?? rows, Columns, Levels, EquatableArray.Of(Tree));

    /// <inheritdoc/>
    public Outcome<ShapValues> Explain(Frame rows) => Explain(rows, null);
}
