using FunctionalStack.Learners;
using FunctionalStack.Neural;

namespace FunctionalStack;

/// <summary>
/// Every learner of the catalogue under its name in specs, as its record: <c>Learn.RandomForest(200) with { MaxDepth = 6 }</c>.
/// Where the name is shorter than the field's term (<c>Learn.Knn</c>), the record keeps the term (<see cref="KNearestNeighbors"/>).
/// </summary>
public static class Learn
{
    /// <summary>The most frequent class, or the mean: what every other learner has to beat.</summary>
    public static Majority Majority() => new();

    /// <summary>
    /// The <paramref name="k"/> nearest training rows vote; at least 1.
    /// <c>Learn.Knn(9) with { Weights = NeighborWeights.Distance, Metric = Distance.Cosine }</c>.
    /// </summary>
    public static KNearestNeighbors Knn(int k = 5) => new(k);

    /// <summary>A normal distribution for each column and class.</summary>
    public static GaussianNaiveBayes NaiveBayes() => new();

    /// <summary>Counts drawn with probabilities of each class's own; columns of at least 0.</summary>
    public static MultinomialNaiveBayes MultinomialNaiveBayes(double alpha = 1.0) => new(alpha);

    /// <summary>A yes or no in each column, above <paramref name="threshold"/> or not, with probabilities of each class's own.</summary>
    public static BernoulliNaiveBayes BernoulliNaiveBayes(double threshold = 0) => new(Threshold: threshold);

    /// <summary>Normal classes with one covariance, of which <paramref name="shrinkage"/>, from 0 to 1, is made the same for all columns.</summary>
    public static LinearDiscriminantAnalysis Lda(double shrinkage = 0) => new(shrinkage);

    /// <summary>Normal classes each with its own covariance, moved by <paramref name="pooling"/>, from 0 to 1, towards a common one.</summary>
    public static QuadraticDiscriminantAnalysis Qda(double pooling = 0) => new(Pooling: pooling);

    /// <summary>Logistic regression; a smaller <paramref name="c"/> regularizes more strongly, above 0.</summary>
    public static LogisticRegression Logistic(double c = 1.0) => new(c);

    /// <summary>Support vector machines; a smaller <paramref name="c"/> regularizes more strongly, above 0.</summary>
    public static SupportVectorMachine Svm(double c = 1.0, Kernel kernel = Kernel.Rbf) => new(kernel, c);

    /// <summary>Linear regression with squared weights penalized by <paramref name="alpha"/>, at least 0.</summary>
    public static RidgeRegression Ridge(double alpha = 1.0) => new(alpha);

    /// <summary>
    /// Ridge regression whose penalty is chosen by leave-one-out cross-validation among <paramref name="alphas"/>, each above
    /// 0, or the usual ones.
    /// </summary>
    public static RidgeCV RidgeCV(params double[] alphas) => new(EquatableArray.Of(alphas));

    /// <summary>Above bases: their mixture of least log-loss or squared error, the Super Learner.</summary>
    public static ConvexWeights ConvexWeights() => new();

    /// <summary>Above bases: the sum of coefficients of at least 0 times what they say, stacked regression.</summary>
    public static NonNegative NonNegative() => new();

    /// <summary>Above bases: each weighed by how often it is chosen in so many <paramref name="rounds"/> of ensemble selection.</summary>
    public static Greedy Greedy(int rounds = 50) => new(rounds);

    /// <summary>Above one base: its probabilities, mapped to how often the classes were right.</summary>
    public static Calibration Calibration(CalibrationMethod method = CalibrationMethod.Platt) => new(method);

    /// <summary>Linear regression with absolute weights penalized by <paramref name="alpha"/>, at least 0: many become 0.</summary>
    public static Lasso Lasso(double alpha = 1.0) => new(alpha);

    /// <summary>Linear regression with absolute and squared weights penalized by <paramref name="alpha"/>, at least 0, in the parts l1Ratio, from 0 to 1, and the rest.</summary>
    public static ElasticNet ElasticNet(double alpha = 1.0, double l1Ratio = 0.5) => new(alpha, l1Ratio);

    /// <summary>A decision tree.</summary>
    public static DecisionTree Tree(int? maxDepth = null) => new(MaxDepth: maxDepth);

    /// <summary>A random forest of so many <paramref name="trees"/>, at least 1.</summary>
    public static RandomForest RandomForest(int trees = 100) => new(trees);

    /// <summary>Extremely randomized trees, at least 1: a forest whose cuts are drawn at random.</summary>
    public static ExtraTrees ExtraTrees(int trees = 100) => new(trees);

    /// <summary>So many members, at least 1, each <paramref name="learner"/> on a bootstrap sample.</summary>
    public static Bagging Bagging(ILearner learner, int members = 10) => new(learner, members);

    /// <summary>The mean of what these learners say, each under its own name.</summary>
    public static Voting Voting(params (string Name, ILearner Learner)[] voters) => Learners.Voting.Of(voters);

    /// <summary>AdaBoost in so many rounds, at least 1, of <paramref name="learner"/>, or of small trees.</summary>
    public static AdaBoost AdaBoost(int rounds = 50, ILearner? learner = null) => new(learner, rounds);

    /// <summary>Gradient boosted trees, so many <paramref name="rounds"/> of them, at least 1. They take gaps and categories as they are.</summary>
    public static GradientBoosting GradientBoosting(int rounds = 100) => new(rounds);

    /// <summary>
    /// A small net with a layer of each of these <paramref name="hidden"/> units, or one of 64. Of images:
    /// <c>Learn.Net(64) with { Image = [8, 8, 1], Filters = [16, 16] }</c>.
    /// </summary>
    public static Net Net(params int[] hidden) => new(hidden.Length == 0 ? null : EquatableArray.Of(hidden));

    /// <summary>Any network, given without its last layer, which the target decides.</summary>
    public static NetworkLearner Network(Network body, TrainingOptions? training = null) => new(body, training ?? new());

    /// <summary>The classifier with its probabilities calibrated by its out-of-fold predictions, of the usual 5 folds; one more model, fitted on all rows, answers for later rows.</summary>
    public static Stack Calibrated(this ILearner learner, CalibrationMethod method = CalibrationMethod.Platt) =>
        Stacking.Of((learner.Name, learner)).Refit().Meta(Calibration(method)) with { Name = "calibrated" };

    /// <summary>The learner on what <paramref name="steps"/> make of the columns, one after the other; with none, on the columns as they are.</summary>
    public static Pipeline Preprocess(this ILearner learner, params ITransform[] steps) =>
        steps.DefaultIfEmpty(new Identity()).Aggregate((first, next) => first.Then(next)).Then(learner);

    /// <summary>The learner on these columns only. What it comes after sees only these, too.</summary>
    public static Pipeline Columns(this ILearner learner, params string[] columns) => SelectColumns.Of(columns).Then(learner);
}
