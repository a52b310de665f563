using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.IO;

/// <summary>
/// The default stack when no spec is given: boosted trees of two kinds, forests, linear models, discriminant analysis and nearest
/// neighbours, averaged over shuffled folds, under an opinion pool.
/// </summary>
/// <remarks>
/// Chosen by nested cross-validation on public tables (docs/performance.md lists them, and what each base gains). Measured and left out:
/// naive Bayes (overconfident: its removal lowers the log-loss of the stack by 1.3% on average), support vector machines and nets (no
/// gain on average, and the most time).
/// </remarks>
public static class DefaultStack
{
    /// <summary>Nearest neighbours compare every held-out row with every training row, so they are used for tables with at most this many
    /// cells.</summary>
    public const long MostCellsForNeighbours = 400_000;

    /// <summary>From this number of rows on, the strongly regularized logistic regression is left out: it gains nothing there.</summary>
    public const int ManyRows = 5_000;

    /// <summary>From this number of rows on, forests have half the trees, since they take most of the time and gain little there, and
    /// the pool of two classes reads probabilities down to 0.001 rather than 0.01.</summary>
    public const int LargeTable = 10_000;

    /// <summary>Boosting fits one tree per round and class, so with more classes than this there is only the shallow kind.</summary>
    public const int MostClassesForDeepBoosting = 10;

    /// <summary>Quadratic discriminant analysis estimates a covariance per class, so it is used for tables with at most this many
    /// columns.</summary>
    public const int MostColumnsForQuadratic = 100;

    // Of the rows of the smallest fit. It needs K rows, and more are better. With times, only the first folds are that small.
    private const double MostNeighboursPerRow = 0.4;

    /// <summary>
    /// The default for this data, which depends only on its size and its kind of target: a spec that can be printed, stored and
    /// changed.
    /// </summary>
    public static StackSpec For(Dataset data)
    {
        var (rows, columns) = (data.RowCount, data.Frame.Columns.Count);
        var folds = DefaultFolds.For(data.Roles);
        var most = (long)rows * columns <= MostCellsForNeighbours
            ? (int)((data.Roles.Time is null ? MostNeighboursPerRow : 1) * folds.LeastTrainingRows) : 0;
        return new(new NodeSpec.Stack(
            [
                .. data.Target is Target.Classes { Levels.Count: var classes } ? Classes(rows, columns, classes) : Values(rows),
                .. Neighbours(most),
            ],
            Meta: new NodeSpec.Single(Pool(data.Target, rows)),
            Folds: folds.Count == new FoldsSpec().K ? null : new FoldsSpec(K: folds.Count)));
    }

    // With two classes and few rows, extreme log-odds of single bases cost more than they tell: a floor of 0.01 gains 2% of log-loss on
    // churn, 1% on attrition and 5% on breast cancer, and nothing is lost elsewhere; on adult it loses 0.4%.
    private static OpinionPool Pool(Target target, int rows) =>
        target is Target.Classes { Levels.Count: 2 } && rows < LargeTable ? new OpinionPool(Floor: 0.01) : new OpinionPool();

    private static IEnumerable<BaseSpec> Classes(int rows, int columns, int classes) =>
    [
        .. Boosted(classes <= 2 ? 1 : classes),
        Base("forest", new RandomForest(Trees(rows), MinSamplesLeaf: 3)),
        Base("extraTrees", new ExtraTrees(Trees(rows))),
        Base("logistic", new LogisticRegression(1)),
        .. rows < ManyRows ? [Base("logisticStrong", new LogisticRegression(0.1))] : Array.Empty<BaseSpec>(),
        Base("lda", new LinearDiscriminantAnalysis()),
        .. columns <= MostColumnsForQuadratic ? [Base("qda", new QuadraticDiscriminantAnalysis(Pooling: 0.1))] : Array.Empty<BaseSpec>(),
    ];

    // A third of the columns per split is three times as fast as all of them.
    private static IEnumerable<BaseSpec> Values(int rows) =>
    [
        .. Boosted(1),
        Base("forest", new RandomForest(Trees(rows), MinSamplesLeaf: 2, MaxFeatures: MaxFeatures.Share(0.35))),
        Base("extraTrees", new ExtraTrees(Trees(rows), MinSamplesLeaf: 2, MaxFeatures: MaxFeatures.Share(0.6))),
        Base("ridge", new RidgeCV()),
    ];

    private static int Trees(int rows) => rows < LargeTable ? 100 : 50;

    // Two kinds: many shallow trees with small steps, and deep ones that stop early. The first is best on adult, the second on California
    // housing. A round fits as many trees as there are outputs, so with more outputs there are fewer rounds with larger steps.
    private static IEnumerable<BaseSpec> Boosted(int outputs)
    {
        var rounds = Math.Clamp(2000 / outputs, 100, 400);
        yield return Base("boostingShallow", new GradientBoosting(rounds, 20.0 / rounds, MaxDepth: 4, ColumnsByTree: 0.8));
        if (outputs <= MostClassesForDeepBoosting)
            yield return Base("boostingDeep", new GradientBoosting(Eta: 0.1, MaxDepth: 7, MinChildWeight: 3, ColumnsByTree: 0.7));
    }

    // On tables this small, distances between columns scaled to [0, 1] are better than between standardized ones: by 0.9 points of
    // accuracy on digits and 0.5 on breast cancer.
    private static EquatableArray<BaseSpec> Neighbours(int most) =>
        EquatableArray.From(new[] { 5, 15 }.Where(k => k <= most).Select(k => new BaseSpec($"knn{k}", new NodeSpec.Single(
        new KNearestNeighbors(k),
        [new DropUseless(), new TargetEncode(MinLevels: Recipe.ManyLevels), new MinMax(), new Impute(), new OneHot(MinCount: 5)]))));

    private static BaseSpec Base(string name, ILearner learner) => new(name, new NodeSpec.Single(learner));
}
