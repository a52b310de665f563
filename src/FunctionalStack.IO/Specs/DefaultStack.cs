using FunctionalStack.Learners;

namespace FunctionalStack.IO;

/// <summary>
/// What is fitted when nobody says what to fit: learners that err differently, averaged over shuffled folds, under a
/// regularized linear meta learner on their probabilities.
/// </summary>
public static class DefaultStack
{
    /// <summary>Comparing every held-out row with every training row is left to tables with at most this many cells.</summary>
    public const long MostCellsForNeighbours = 400_000;

    /// <summary>
    /// The default for this data, which says no more about it than its size and its target's kind: a spec that can be
    /// printed, kept and changed.
    /// </summary>
    public static StackSpec For(Dataset data)
    {
        var small = (long)data.RowCount * data.Frame.Columns.Count <= MostCellsForNeighbours;
        return new(data.Target is Target.Classes ? Classes(small) : Numbers(small));
    }

    // Chosen by nested cross-validation on iris, Titanic, breast cancer, digits and adult (docs/experiments.md).
    private static NodeSpec Classes(bool small) => new NodeSpec.Stack(
        [
            .. small ? [Base("knn5", new KNearestNeighbors(5)), Base("knn15", new KNearestNeighbors(15))] : Values.Of<BaseSpec>(),
            Base("forest", new RandomForest(200)),
            Base("forestLeaf3", new RandomForest(200, MinSamplesLeaf: 3)),
            Base("naiveBayes", new GaussianNaiveBayes()),
            Base("logistic", new LogisticRegression(1)),
            Base("logisticStrong", new LogisticRegression(0.1)),
        ],
        Meta: new NodeSpec.Single(new LogisticRegression(10)));

    private static NodeSpec Numbers(bool small) => new NodeSpec.Stack(
        [
            .. small ? [Base("knn5", new KNearestNeighbors(5)), Base("knn15", new KNearestNeighbors(15))] : Values.Of<BaseSpec>(),
            Base("forest", new RandomForest(200)),
            Base("forestLeaf3", new RandomForest(200, MinSamplesLeaf: 3)),
            Base("ridge", new RidgeRegression()),
        ]);

    private static BaseSpec Base(string name, ILearner learner) => new(name, new NodeSpec.Single(learner));
}
