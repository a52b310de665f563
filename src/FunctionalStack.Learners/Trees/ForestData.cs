namespace FunctionalStack.Learners;

/// <summary>What all trees of a forest share, random or extremely so, and how they become one model.</summary>
/// <param name="Ready">What the trees read.</param>
/// <param name="Seed">Forked by the number of each tree.</param>
/// <param name="Bootstrap">Whether each tree gets rows drawn with replacement, rather than all rows.</param>
internal sealed record ForestData(TreeData Ready, Seed Seed, bool Bootstrap)
{
    public static Outcome<ForestData> Of(string learner, int trees, bool bootstrap, Dataset data, Seed seed, Func<int, Outcome<GrowthRules>> rules) => trees < 1
        ? Outcome.Fail<ForestData>(learner, $"Trees is {trees}", "Give at least 1 tree.")
        : TreeData.Of(learner, data, rules).Map(ready => new ForestData(ready, seed.Fork("tree"), bootstrap));

    public static MaxFeatures UsualFeatures(Target target) => target is Target.Classes ? MaxFeatures.Sqrt : MaxFeatures.All;

    public GrownTree Grow(int tree) => Bootstrap ? Ready.GrowOnBootstrap(Seed.Fork(tree)) : Ready.Grow(Seed.Fork(tree));

    public RandomForestModel Join(Values<GrownTree> trees) => new(
        Ready.Names,
        Ready.Target.Levels,
        Values.From(trees.Select(tree => tree.Tree)),
        MeanImportances(trees),
        Bootstrap ? OutOfBag.Of(Ready.Target, trees) : null);

    private Values<double> MeanImportances(Values<GrownTree> trees)
    {
        var sums = new double[Ready.Columns.Length];
        foreach (var tree in trees.AsSpan())
        {
            for (var column = 0; column < sums.Length; column++) sums[column] += tree.Importances[column];
        }

        var total = sums.Sum();
        return Values.Own(total > 0 ? Array.ConvertAll(sums, sum => sum / total) : sums);
    }
}
