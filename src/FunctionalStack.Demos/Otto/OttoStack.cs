using FunctionalStack.Learners;
using FunctionalStack.Neural;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.Demos;

/// <summary>
/// The stack of the Otto demo. The bases are learners of many kinds with different errors, each on one of three views of the
/// counts: raw, log-transformed, or weighted by TF-IDF. Three meta-learners are blended by convex weights.
/// </summary>
public static class OttoStack
{
    /// <summary>The number of folds of both levels.</summary>
    public const int K = 5;

    private static readonly ITransform Logs = new Log1p().Then(new Standardize());

    private static readonly ITransform Weighted = new TfIdf();

    private static readonly ITransform WeightedScores = new TfIdf().Then(new Standardize());

    /// <summary>The whole stack.</summary>
    /// <param name="folds">The seed of the folds of both levels.</param>
    public static Stack Of(Seed folds) => new(
        Bases,
        new Stack(Metas(folds), new ConvexWeights(), new FoldPlan.Stratified(K, folds.Fork("metas"))),
        new FoldPlan.Stratified(K, folds.Fork("bases")),
        StackColumns: new(StackMethod.LogProbabilities, Floor: 1e-4));

    /// <summary>The bases of level one.</summary>
    public static EquatableArray<Base> Bases { get; } =
    [
        new("boost8", new GradientBoosting(300, 0.1, 8, MinChildWeight: 3, Subsample: 0.8, ColumnsByTree: 0.5)),
        new("boost10slow", new GradientBoosting(400, 0.06, 10, MinChildWeight: 4, Subsample: 0.85, ColumnsByTree: 0.35)),
        new("boost6", new GradientBoosting(250, 0.15, 6, Subsample: 0.9, ColumnsByTree: 0.6)),
        new("boost3", new GradientBoosting(400, 0.25, 3)),
        new("boostLeaves", new GradientBoosting(250, 0.08, null, 60, MinChildWeight: 4, Subsample: 0.8, ColumnsByTree: 0.4)),
        new("boostWords", Weighted.Then(new GradientBoosting(300, 0.1, 8, MinChildWeight: 3, Subsample: 0.8, ColumnsByTree: 0.5))),
        new("forest", new RandomForest(200, MinSamplesLeaf: 2)),
        new("forestEntropy", new RandomForest(200, Criterion.Entropy, MaxFeatures: MaxFeatures.Share(0.3))),
        new("forestWords", Weighted.Then(new RandomForest(200, MinSamplesLeaf: 2))),
        new("extra", new ExtraTrees(200, MinSamplesLeaf: 2, MaxFeatures: MaxFeatures.Share(0.3))),
        new("extraDeep", new ExtraTrees(200, MaxFeatures: MaxFeatures.Share(0.5))),
        new("extraWords", Weighted.Then(new ExtraTrees(200, MinSamplesLeaf: 2, MaxFeatures: MaxFeatures.Share(0.3)))),
        new("tree", new DecisionTree(MaxDepth: 14, MinSamplesLeaf: 20)),
        new("near4", Logs.Then(new KNearestNeighbors(4))),
        new("near16", Logs.Then(new KNearestNeighbors(16))),
        new("near64", Logs.Then(new KNearestNeighbors(64))),
        new("words8", Weighted.Then(new KNearestNeighbors(8))),
        new("words32", Weighted.Then(new KNearestNeighbors(32))),
        new("words128", Weighted.Then(new KNearestNeighbors(128))),
        new("net", Logs.Then(new Net([256, 128], Dropout: 0.3, Epochs: 30, Batch: 128))),
        new("netWide", Logs.Then(new Net([512], Dropout: 0.5, Epochs: 30, Batch: 128))),
        new("netDeep", Logs.Then(new Net([128, 128, 64], Dropout: 0.2, Epochs: 30, Batch: 128, Activation: NetActivation.LeakyRelu))),
        new("netWords", WeightedScores.Then(new Net([256, 128], Dropout: 0.3, Epochs: 30, Batch: 128))),
        new("logistic", Logs.Then(new LogisticRegression(1))),
        new("logisticWords", WeightedScores.Then(new LogisticRegression(0.3))),
        new("logisticRaw", new Standardize().Then(new LogisticRegression(1))),
        new("lda", Logs.Then(new LinearDiscriminantAnalysis(0.01))),
        new("qda", Logs.Then(new QuadraticDiscriminantAnalysis(0.1, 0.1))),
        new("bayes", Logs.Then(new GaussianNaiveBayes(1e-3))),
        new("bayesCounts", new MultinomialNaiveBayes()),
        new("bayesPresent", new BernoulliNaiveBayes(0.1)),
    ];

    /// <summary>The meta-learners of level two.</summary>
    /// <param name="folds">The seed of the rows set aside for calibration.</param>
    public static EquatableArray<Base> Metas(Seed folds) =>
    [
        new("boosting", new GradientBoosting(250, 0.05, 4, MinChildWeight: 5, Subsample: 0.8, ColumnsByTree: 0.25)),
        new("adaBoost", AdaBoosted(folds.Fork("calibration"))),
        new("net", new Standardize().Then(new Net([128], Dropout: 0.4, Epochs: 20, Batch: 256))),
    ];

    // Large leaves, because a round that overfits leaves no informative errors to the next. The summed log-probabilities rank
    // well but are far too confident, so temperature scaling calibrates them on a fifth of the rows.
    private static Stack AdaBoosted(Seed folds) => new(
        [new("adaBoost", new AdaBoost(new ExtraTrees(50, MinSamplesLeaf: 40, MaxFeatures: MaxFeatures.Share(0.1)), 10, 0.2))],
        new Calibration(CalibrationMethod.Temperature),
        new FoldPlan.HoldOut(0.2, folds));

    /// <summary>The kind of the learner, without its preprocessing or calibration.</summary>
    public static string KindOf(ILearner learner) => learner switch
    {
        Pipeline pipeline => KindOf(pipeline.Learner),
        Stack { Meta: Calibration, Bases: [var calibrated] } => KindOf(calibrated.Learner),
        _ => learner.Name,
    };
}
