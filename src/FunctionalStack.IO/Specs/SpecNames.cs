using FunctionalStack.Learners;
using FunctionalStack.Neural;
using FunctionalStack.Preprocessing;

namespace FunctionalStack.IO;

/// <summary>The learners and transforms that spec files can name: one line each, their parameters being their records' own.</summary>
internal static class SpecNames
{
    public static SpecTable<ILearner> Learners { get; } = new SpecTable<ILearner>("learner", new()
    {
        ["majority"] = typeof(Majority),
        ["knn"] = typeof(KNearestNeighbors),
        ["naiveBayes"] = typeof(GaussianNaiveBayes),
        ["multinomialNaiveBayes"] = typeof(MultinomialNaiveBayes),
        ["bernoulliNaiveBayes"] = typeof(BernoulliNaiveBayes),
        ["lda"] = typeof(LinearDiscriminantAnalysis),
        ["qda"] = typeof(QuadraticDiscriminantAnalysis),
        ["logistic"] = typeof(LogisticRegression),
        ["svm"] = typeof(SupportVectorMachine),
        ["ridge"] = typeof(RidgeRegression),
        ["ridgeCV"] = typeof(RidgeCV),
        ["convexWeights"] = typeof(ConvexWeights),
        ["nonNegative"] = typeof(NonNegative),
        ["greedy"] = typeof(Greedy),
        ["calibration"] = typeof(Calibration),
        ["lasso"] = typeof(Lasso),
        ["elasticNet"] = typeof(ElasticNet),
        ["tree"] = typeof(DecisionTree),
        ["randomForest"] = typeof(RandomForest),
        ["extraTrees"] = typeof(ExtraTrees),
        ["bagging"] = typeof(Bagging),
        ["voting"] = typeof(Voting),
        ["adaBoost"] = typeof(AdaBoost),
        ["gradientBoosting"] = typeof(GradientBoosting),
        ["net"] = typeof(Net),
    });

    public static SpecTable<ITransform> Transforms { get; } = new SpecTable<ITransform>("transform", new()
    {
        ["impute"] = typeof(Impute),
        ["standardize"] = typeof(Standardize),
        ["minMax"] = typeof(MinMax),
        ["log1p"] = typeof(Log1p),
        ["tfIdf"] = typeof(TfIdf),
        ["oneHot"] = typeof(OneHot),
        ["ordinal"] = typeof(Ordinal),
        ["targetEncode"] = typeof(TargetEncode),
        ["whiten"] = typeof(Whiten),
        ["dropUseless"] = typeof(DropUseless),
    });

    /// <summary>What usually stands before a learner that reads a raw table.</summary>
    public static ITransform? RecipeFor(ILearner learner) => learner switch
    {
        KNearestNeighbors or SupportVectorMachine => Recipe.ForDistances,
        GaussianNaiveBayes or BernoulliNaiveBayes or LinearDiscriminantAnalysis or QuadraticDiscriminantAnalysis => Recipe.ForLinear,
        LogisticRegression or RidgeRegression or RidgeCV or Lasso or ElasticNet => Recipe.ForLinear,
        MultinomialNaiveBayes => Recipe.ForCounts,
        // An image's pixels all stay where they are.
        Net { Image.Count: 0 } => Recipe.ForLinear,
        DecisionTree or RandomForest or ExtraTrees => Recipe.ForTrees,
        Bagging bagging => RecipeFor(bagging.Learner ?? new DecisionTree()),
        AdaBoost boosted => RecipeFor(boosted.Learner ?? new DecisionTree()),
        GradientBoosting => Recipe.ForBoosting,
        // Voters each have their own.
        _ => null,
    };

    /// <summary>What learns from the bases unless the spec says otherwise.</summary>
    public static ILearner UsualMeta(Target target) => target is Target.Classes ? new LogisticRegression() : new RidgeCV();
}
