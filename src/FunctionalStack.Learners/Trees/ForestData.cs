namespace FunctionalStack.Learners;

/// <summary>The data shared by all trees of a random forest or of extra trees, and how they become one model.</summary>
/// <param name="Ready">The data of the trees.</param>
/// <param name="Seed">Forked by the number of each tree.</param>
/// <param name="Bootstrap">Whether each tree is fitted on a bootstrap sample, rather than on all rows.</param>
internal sealed record ForestData(TreeData Ready, Seed Seed, bool Bootstrap)
{
    public static Outcome<IModel> Fit(
        string learner, int trees, bool bootstrap, Dataset data, Seed seed, WorkSharing work, GrowthRules rules) =>
        Units.TooLarge(learner, data) is { } large
            ? new Outcome<IModel>.Fail(large) : TreeData.Of(learner, data, rules, work).Map<IModel>(ready =>
        {
            var forest = new ForestData(ready, seed.Fork("tree"), bootstrap);
            return forest.Join(EquatableArray.Own(work.Map(trees, forest.Grow)));
        });

    public static MaxFeatures UsualFeatures(Target target) => target is Target.Classes ? MaxFeatures.Sqrt : MaxFeatures.All;

    /// <summary>
    /// The maximum memory of a forest. Per cell: its rank in two layouts and its distinct value, 16 bytes, and if they are not too many,
    /// its sorted row twice. Per tree: two nodes of 16 bytes per leaf, and the leaf's outputs, for leaves of minimum size.
    /// </summary>
    public static long Bytes(int trees, int leastInLeaf, int rows, int columns, Target target)
    {
        const int Cell = 16;
        const int Node = 16;
        var outputs = target is Target.Classes classes ? classes.Levels.Count : 1;
        return Cell * (long)rows * columns + 2 * SortedColumns.Bytes(rows, columns)
            + (long)Math.Max(trees, 1) * (rows / Math.Max(leastInLeaf, 1) + 1) * (2 * Node + sizeof(double) * outputs);
    }

    private GrownTree Grow(int tree) => Bootstrap ? Ready.GrowOnBootstrap(Seed.Fork(tree)) : Ready.Grow(Seed.Fork(tree));

    private RandomForestModel Join(EquatableArray<GrownTree> trees) => new(
        Ready.Names,
        Ready.Target.Levels,
        EquatableArray.From(trees.Select(tree => tree.Tree)),
        MeanImportances(trees),
        Bootstrap ? OutOfBag.Of(Ready.Target, trees) : null);

    private EquatableArray<double> MeanImportances(EquatableArray<GrownTree> trees)
    {
        var sums = new double[Ready.Columns.Length];
        foreach (var tree in trees.AsSpan())
        {
            for (var column = 0; column < sums.Length; column++) sums[column] += tree.Importances[column];
        }

        var total = sums.Sum();
        return EquatableArray.Own(total > 0 ? Array.ConvertAll(sums, sum => sum / total) : sums);
    }
}
