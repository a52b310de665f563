using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.IO;

/// <summary>
/// What is fitted when nobody says what to fit: learners that err differently, averaged over shuffled folds, under a
/// regularized linear meta learner.
/// </summary>
public static class DefaultStack
{
    /// <summary>Comparing every held-out row with every training row is left to tables with at most this many cells.</summary>
    public const long MostCellsForNeighbours = 400_000;

    /// <summary>From this many rows on, bases hand up logarithms of probabilities.</summary>
    public const int ManyRows = 5_000;

    // Five folds within five folds train on 16 rows of 25, and few rows have few near ones.
    private const int LeastRowsPerNeighbour = 4;

    // Over time the first fit of a stack inside an evaluation has one row of 36: five blocks after the first, twice.
    private const int LeastRowsPerNeighbourOverTime = 40;

    /// <summary>
    /// The default for this data, which says no more about it than its size and its target's kind: a spec that can be
    /// printed, kept and changed.
    /// </summary>
    public static StackSpec For(Dataset data)
    {
        var most = (long)data.RowCount * data.Frame.Columns.Count <= MostCellsForNeighbours
            ? data.RowCount / (data.Roles.Time is null ? LeastRowsPerNeighbour : LeastRowsPerNeighbourOverTime)
            : 0;
        return new(data.Target is Target.Classes ? Classes(Neighbours(most), data.RowCount) : Numbers(Neighbours(most)));
    }

    // Chosen by nested cross-validation on iris, Titanic, breast cancer, digits and adult (docs/performance.md). Log-odds of
    // a base are what a logistic meta learner can hand on unchanged, but it takes many rows to tell how far to trust their
    // tails: on adult they gain 0.010 of log-loss over probabilities, on Titanic they lose 0.004.
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

    // A third of the columns at each cut is twice as fast as all of them and, on California housing and diabetes, no worse.
    private static NodeSpec Numbers(EquatableArray<BaseSpec> neighbours) => new NodeSpec.Stack(
        [
            .. neighbours,
            Base("forest", new RandomForest(200, MaxFeatures: MaxFeatures.Share(0.35))),
            Base("forestLeaf3", new RandomForest(200, MinSamplesLeaf: 3, MaxFeatures: MaxFeatures.Share(0.7))),
            Base("ridge", new RidgeRegression()),
        ]);

    // On tables this small, distances between columns brought to [0, 1] beat those between standardized ones: by 0.9 points
    // of accuracy on digits and 0.5 on breast cancer.
    private static EquatableArray<BaseSpec> Neighbours(int most) => EquatableArray.From(new[] { 5, 15 }.Where(k => k <= most).Select(k => new BaseSpec($"knn{k}", new NodeSpec.Single(
        new KNearestNeighbors(k),
        [new DropUseless(), new TargetEncode(MinLevels: Recipe.ManyLevels), new MinMax(), new Impute(), new OneHot(MinCount: 5)]))));

    private static BaseSpec Base(string name, ILearner learner) => new(name, new NodeSpec.Single(learner));
}
