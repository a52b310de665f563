namespace FunctionalStack.Learners;

/// <summary>
/// A classification or regression tree (CART: Breiman, Friedman, Olshen &amp; Stone 1984): binary splits
/// <c>x &lt;= threshold</c>, each the purest there is. Numeric columns, no missing values.
/// </summary>
/// <param name="Criterion">What is pure, for classes; values always go by squared error.</param>
/// <param name="MaxDepth">Splits on the longest way down, at least 1; null for no limit.</param>
/// <param name="MinSamplesSplit">Rows (not weight) that a node must have to be split, at least 2.</param>
/// <param name="MinSamplesLeaf">Rows (not weight) that each side of a split must have, at least 1.</param>
/// <param name="MaxFeatures">Columns drawn for each split; all of them unless given, and then nothing is random.</param>
public sealed record DecisionTree(
    Criterion Criterion = Criterion.Gini,
    int? MaxDepth = null,
    int MinSamplesSplit = 2,
    int MinSamplesLeaf = 1,
    MaxFeatures MaxFeatures = default) : ILeafLearner
{
    public string Name => "tree";

    public Capabilities Capabilities => new();

    public EquatableArray<Failure> Validate() => Ensure.All(Name, Rules.Faults);

    /// <summary>Fails where no row has weight, and on numbers that are missing or not finite.</summary>
    public Outcome<IModel> FitLeaf(Dataset data, Seed seed) => Prepare(data).Map(IModel (ready) => Grow(ready, seed));

    private TreeRules Rules => new(Criterion, MaxDepth, MinSamplesSplit, MinSamplesLeaf, MaxFeatures);

    /// <summary>The first half of a fit, which weights don't change: boosting does it once.</summary>
    internal Outcome<TreeData> Prepare(Dataset data) =>
        TreeData.Of(Name, data, Rules.For(MaxFeatures.All, data.Frame.Columns.Count));

    /// <summary>The other half.</summary>
    internal static DecisionTreeModel Grow(TreeData ready, Seed seed)
    {
        var grown = ready.Grow(seed);
        return new(ready.Names, ready.Target.Levels, grown.Tree, EquatableArray.Own(grown.Importances));
    }
}

/// <summary>A fitted tree.</summary>
/// <param name="Columns">The columns it was fitted on; <see cref="Learners.Tree.Feature"/> counts these.</param>
/// <param name="Levels">The classes; empty where values are predicted.</param>
/// <param name="Tree">The tree.</param>
/// <param name="Importances">For each column the share, of all impurity taken away by splits, that its own took; they sum to 1, or are all 0 for a lone leaf.</param>
public sealed record DecisionTreeModel(EquatableArray<string> Columns, EquatableArray<string> Levels, Tree Tree, EquatableArray<double> Importances) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        Tree.Fault(Columns.Count, Levels.Count), Consistency.Count("importances", Importances.Count, Columns.Count));

    /// <exception cref="KeyNotFoundException">The tree was not fitted on a column of that name.</exception>
    public double ImportanceOf(string column) => Trees.ImportanceOf(column, Columns, Importances);

    public Outcome<Prediction> Predict(Frame rows) => Trees.Predict(rows, Columns, Levels, EquatableArray.Of(Tree));
}
