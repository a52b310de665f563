namespace FunctionalStack.Learners;

/// <summary>
/// A random forest (Breiman, Machine Learning 45, 2001): trees on bootstrap samples, each split choosing among a few
/// columns drawn at random; probabilities and estimates are the mean of the trees'. Numeric columns, no missing values.
/// </summary>
/// <remarks>
/// Tree <c>t</c> is grown by <c>seed.Fork("tree").Fork(t)</c>: its rows come from that seed's fork <c>"bootstrap"</c>
/// (<c>Next(n)</c>, n times, over the n rows that have weight), its columns from <c>"features"</c>. So a forest of 50
/// trees is the first half of one of 100. Weights multiply the number of times a row was drawn.
/// </remarks>
/// <param name="Trees">At least 1.</param>
/// <param name="Criterion">What is pure, for classes; values always go by squared error.</param>
/// <param name="MaxDepth">Splits on the longest way down, at least 1; null for no limit.</param>
/// <param name="MinSamplesSplit">Distinct rows (not weight) that a node must have to be split, at least 2.</param>
/// <param name="MinSamplesLeaf">Distinct rows (not weight) that each side of a split must have, at least 1.</param>
/// <param name="MaxFeatures">Columns drawn for each split; unless given, the square root of their number for classes and all for values.</param>
/// <param name="Bootstrap">Whether each tree gets rows drawn with replacement, rather than all rows.</param>
public sealed record RandomForest(
    int Trees = 100,
    Criterion Criterion = Criterion.Gini,
    int? MaxDepth = null,
    int MinSamplesSplit = 2,
    int MinSamplesLeaf = 1,
    MaxFeatures MaxFeatures = default,
    bool Bootstrap = true) : IParallelLearner, IMemoryEstimate
{
    public string Name => "randomForest";

    public Capabilities Capabilities => new();

    public EquatableArray<Failure> Validate() => Ensure.All(Name, [Ensure.Count("trees", Trees), .. Rules.Faults]);

    long IMemoryEstimate.Bytes(int rows, int columns, Target target) => ForestData.Bytes(Trees, MinSamplesLeaf, rows, columns, target);

    /// <summary>Fails where no row has weight, and on numbers that are missing or not finite.</summary>
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
/// <param name="Columns">The columns it was fitted on; <see cref="Tree.Feature"/> counts these.</param>
/// <param name="Levels">The classes; empty where values are predicted.</param>
/// <param name="Trees">The trees, in the order of their seeds.</param>
/// <param name="Importances">For each column the mean over the trees of the share of impurity that its splits took away; they sum to 1, or are all 0 where no tree has a split.</param>
/// <param name="OutOfBag">How good the forest is on rows that its trees didn't see; null without bootstrap, or where every tree saw every row.</param>
public sealed record RandomForestModel(EquatableArray<string> Columns, EquatableArray<string> Levels, EquatableArray<Tree> Trees, EquatableArray<double> Importances, OutOfBag? OutOfBag) : IModel, IConsistent
{
    string? IConsistent.Inconsistency => Consistency.First(
        [Trees.Count > 0 ? null : "no tree", Consistency.Count("importances", Importances.Count, Columns.Count), .. Trees.Select(tree => tree.Fault(Columns.Count, Levels.Count))]);

    /// <exception cref="KeyNotFoundException">The forest was not fitted on a column of that name.</exception>
    public double ImportanceOf(string column) => Learners.Trees.ImportanceOf(column, Columns, Importances);

    public Outcome<Prediction> Predict(Frame rows) => Learners.Trees.Predict(rows, Columns, Levels, Trees);
}
