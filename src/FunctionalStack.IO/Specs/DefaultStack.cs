using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.IO;

/// <summary>
/// The default stack when no spec is given: diverse learners, averaged over shuffled folds, with a regularized linear
/// meta-learner.
/// </summary>
public static class DefaultStack
{
    /// <summary>Nearest neighbours compare every held-out row with every training row, so they are used for tables with at most this many
    /// cells.</summary>
    public const long MostCellsForNeighbours = 400_000;

    /// <summary>From this number of rows on, bases are stacked on log-probabilities.</summary>
    public const int ManyRows = 5_000;

    // Five folds within five folds train on 16 rows of 25, which leaves few neighbours when there are few rows.
    private const int LeastRowsPerNeighbour = 4;

    // With time, the first fit of a stack inside an evaluation has one row of 36: five blocks after the first, twice.
    private const int LeastRowsPerNeighbourOverTime = 40;

    /// <summary>
    /// The default for this data, which depends only on its size and its kind of target: a spec that can be printed, stored and
    /// changed.
    /// </summary>
    public static StackSpec For(Dataset data)
    {
        var most = (long)data.RowCount * data.Frame.Columns.Count <= MostCellsForNeighbours
            ? data.RowCount / (data.Roles.Time is null ? LeastRowsPerNeighbour : LeastRowsPerNeighbourOverTime)
            : 0;
        return new(data.Target is Target.Classes ? Classes(Neighbours(most), data.RowCount) : Numbers(Neighbours(most)));
    }

    // Chosen by nested cross-validation on iris, Titanic, breast cancer, digits and adult (docs/performance.md). A logistic
    // meta-learner can pass a base's log-odds through unchanged, but it takes many rows to learn how far to trust extreme values:
    // on adult they gain 0.010 of log-loss over probabilities, on Titanic they lose 0.004.
    private static NodeSpec Classes(EquatableArray<BaseSpec> neighbours, int rows) => new NodeSpec.Stack(
        [
            .. neighbours,
            Base("forest", new RandomForest(200)),
            Base("forestLeaf3", new RandomForest(200, MinSamplesLeaf: 3)),
            Base("naiveBayes", new GaussianNaiveBayes()),
            Base("logistic", new LogisticRegression(1)),
            Base("logisticStrong", new LogisticRegression(0.1)),
        ],
        Meta: new NodeSpec.Single(new LogisticRegression(rows < ManyRows ? 10 : 1)),
        StackColumns: new StackColumns(rows < ManyRows ? StackMethod.Probabilities : StackMethod.LogProbabilities));

    // A third of the columns per split is twice as fast as all of them and, on California housing and diabetes, as accurate.
    private static NodeSpec Numbers(EquatableArray<BaseSpec> neighbours) => new NodeSpec.Stack(
        [
            .. neighbours,
            Base("forest", new RandomForest(200, MaxFeatures: MaxFeatures.Share(0.35))),
            Base("forestLeaf3", new RandomForest(200, MinSamplesLeaf: 3, MaxFeatures: MaxFeatures.Share(0.7))),
            Base("ridge", new RidgeRegression()),
        ]);

    // On tables this small, distances between columns scaled to [0, 1] are better than between standardized ones: by 0.9 points of
    // accuracy on digits and 0.5 on breast cancer.
    private static EquatableArray<BaseSpec> Neighbours(int most) =>
        EquatableArray.From(new[] { 5, 15 }.Where(k => k <= most).Select(k => new BaseSpec($"knn{k}", new NodeSpec.Single(
        new KNearestNeighbors(k),
        [new DropUseless(), new TargetEncode(MinLevels: Recipe.ManyLevels), new MinMax(), new Impute(), new OneHot(MinCount: 5)]))));

    private static BaseSpec Base(string name, ILearner learner) => new(name, new NodeSpec.Single(learner));
}
