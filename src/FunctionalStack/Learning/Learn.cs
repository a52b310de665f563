using FunctionalStack.Learners;
using FunctionalStack.Neural;

namespace FunctionalStack;

/// <summary>
/// Creates every learner of the catalogue, under the name it has in specs. The result is a record, so other parameters are set
/// by <c>with</c>: <c>Learn.RandomForest(200) with { MaxDepth = 6 }</c>. Some names are abbreviated: <c>Learn.Knn</c> gives a
/// <see cref="KNearestNeighbors"/>.
/// </summary>
public static class Learn
{
    /// <summary>A baseline that predicts the most frequent class or, for numeric targets, the mean.</summary>
    public static Majority Majority() => new();

    /// <summary>
    /// k-nearest neighbours, with <paramref name="k"/> at least 1. Other parameters:
    /// <c>Learn.Knn(9) with { Weights = NeighborWeights.Distance, Metric = Distance.Cosine }</c>.
    /// </summary>
    public static KNearestNeighbors Knn(int k = 5) => new(k);

    /// <summary>Gaussian naive Bayes: a normal distribution per column and class.</summary>
    public static GaussianNaiveBayes NaiveBayes() => new();

    /// <summary>Multinomial naive Bayes for non-negative counts, with additive smoothing <paramref name="alpha"/>, above 0.</summary>
    public static MultinomialNaiveBayes MultinomialNaiveBayes(double alpha = 1.0) => new(alpha);

    /// <summary>Bernoulli naive Bayes. Columns are binarized: 1 above <paramref name="threshold"/>, otherwise 0.</summary>
    public static BernoulliNaiveBayes BernoulliNaiveBayes(double threshold = 0) => new(Threshold: threshold);

    /// <summary>Linear discriminant analysis: normal classes with a common covariance, shrunk by <paramref name="shrinkage"/>, from 0 to 1,
    /// towards a multiple of the identity.</summary>
    public static LinearDiscriminantAnalysis Lda(double shrinkage = 0) => new(shrinkage);

    /// <summary>Quadratic discriminant analysis: normal classes with one covariance each, shrunk by <paramref name="pooling"/>, from 0 to
    /// 1, towards the pooled covariance.</summary>
    public static QuadraticDiscriminantAnalysis Qda(double pooling = 0) => new(Pooling: pooling);

    /// <summary>Logistic regression. <paramref name="c"/> is the inverse regularization strength, above 0.</summary>
    public static LogisticRegression Logistic(double c = 1.0) => new(c);

    /// <summary>A support vector machine. <paramref name="c"/> is the inverse regularization strength, above 0.</summary>
    public static SupportVectorMachine Svm(double c = 1.0, Kernel kernel = Kernel.Rbf) => new(kernel, c);

    /// <summary>Ridge regression: linear regression with an L2 penalty <paramref name="alpha"/>, at least 0.</summary>
    public static RidgeRegression Ridge(double alpha = 1.0) => new(alpha);

    /// <summary>
    /// Ridge regression with the penalty selected from <paramref name="alphas"/> by leave-one-out cross-validation. Each is above
    /// 0; without any, a default grid is used.
    /// </summary>
    public static RidgeCV RidgeCV(params double[] alphas) => new(EquatableArray.Of(alphas));

    /// <summary>For meta-learners: the convex combination of the bases with the least log-loss or squared error (Super Learner).</summary>
    public static ConvexWeights ConvexWeights() => new();

    /// <summary>For meta-learners: a linear combination of the base predictions with non-negative coefficients (stacked
    /// regression).</summary>
    public static NonNegative NonNegative() => new();

    /// <summary>For meta-learners: ensemble selection. The weight of a base is the share of the <paramref name="rounds"/> that selected
    /// it.</summary>
    public static Greedy Greedy(int rounds = 50) => new(rounds);

    /// <summary>For meta-learners: log-probabilities or predicted values times one weight per base, shrunk towards equal weights by
    /// <paramref name="penalty"/>, above 0.</summary>
    public static OpinionPool OpinionPool(double penalty = 10) => new(penalty);

    /// <summary>For the meta-learner of a single base: calibrates its probabilities to the observed class frequencies.</summary>
    public static Calibration Calibration(CalibrationMethod method = CalibrationMethod.Platt) => new(method);

    /// <summary>Lasso: linear regression with an L1 penalty <paramref name="alpha"/>, at least 0. It gives sparse coefficients.</summary>
    public static Lasso Lasso(double alpha = 1.0) => new(alpha);

    /// <summary>Elastic net: linear regression with a penalty <paramref name="alpha"/>, at least 0. The share l1Ratio, from 0 to 1, is L1;
    /// the rest is L2.</summary>
    public static ElasticNet ElasticNet(double alpha = 1.0, double l1Ratio = 0.5) => new(alpha, l1Ratio);

    /// <summary>A decision tree; without <paramref name="maxDepth"/>, grown until its leaves are pure.</summary>
    public static DecisionTree Tree(int? maxDepth = null) => new(MaxDepth: maxDepth);

    /// <summary>A random forest with this number of trees, at least 1.</summary>
    public static RandomForest RandomForest(int trees = 100) => new(trees);

    /// <summary>Extremely randomized trees: a forest with random split thresholds. The number of trees is at least 1.</summary>
    public static ExtraTrees ExtraTrees(int trees = 100) => new(trees);

    /// <summary>Bagging: <paramref name="members"/> fits of the learner, at least 1, each on a bootstrap sample.</summary>
    public static Bagging Bagging(ILearner learner, int members = 10) => new(learner, members);

    /// <summary>The mean of the predictions of these learners.</summary>
    public static Voting Voting(params (string Name, ILearner Learner)[] voters) => Learners.Voting.Of(voters);

    /// <summary>Classes in the order of the target's levels: for each class but the last, <paramref name="learner"/>, or logistic
    /// regression by default, predicts the probability of a higher class (Frank and Hall 2001).</summary>
    public static OrdinalClassifier Ordinal(ILearner? learner = null) => new(learner);

    /// <summary>AdaBoost with <paramref name="rounds"/> rounds, at least 1, of <paramref name="learner"/>, or of small trees by
    /// default.</summary>
    public static AdaBoost AdaBoost(int rounds = 50, ILearner? learner = null) => new(learner, rounds);

    /// <summary>Gradient-boosted trees with <paramref name="rounds"/> rounds, at least 1; by default, early stopping finds the number.
    /// They accept missing values and categories.</summary>
    public static GradientBoosting GradientBoosting(int? rounds = null) => new(rounds);

    /// <summary>
    /// A neural network with hidden layers of these sizes, or one layer of 64 units by default. For images:
    /// <c>Learn.Net(64) with { Image = [8, 8, 1], Filters = [16, 16] }</c>.
    /// </summary>
    public static Net Net(params int[] hidden) => new(hidden.Length == 0 ? null : EquatableArray.Of(hidden));

    /// <summary>Any network, given without its output layer. The target determines the output layer.</summary>
    public static NetworkLearner Network(Network body, TrainingOptions? training = null) => new(body, training ?? new());

    /// <summary>The classifier fitted with its classes weighted evenly. Only the fit is weighted; scores are not.</summary>
    public static Balanced Balanced(this ILearner learner) => new(learner);

    /// <summary>The classifier with its probabilities calibrated on its out-of-fold predictions from 5 folds. A model refitted on all rows
    /// predicts new rows.</summary>
    public static Stack Calibrated(this ILearner learner, CalibrationMethod method = CalibrationMethod.Platt) =>
        Stacking.Of((learner.Name, learner)).Refit().Meta(Calibration(method)) with { Name = Stack.Calibrated };

    /// <summary>
    /// The learner with its parameters chosen by cross-validation: <c>Learn.GradientBoosting().Tuned(space => space.Over("maxDepth", 3, 6,
    /// 9).Between("eta", 0.01, 0.3, Scale.Log), trials: 30)</c>. Paths such as <c>meta.c</c> name parameters of parts
    /// (<see cref="SearchParameter"/>). Without a space, that of the learner is searched (<see cref="ITunable"/>).
    /// </summary>
    public static Tuned Tuned(this ILearner learner, Func<SearchSpace, SearchSpace>? space = null, Search search = Search.Random,
        int? trials = null, FoldPlan? folds = null) =>
        new(learner, space?.Invoke(SearchSpace.Empty), search, trials, Folds: folds);

    /// <summary>The best of these learners by cross-validation.</summary>
    public static Tuned Tuned(params (string Name, ILearner Learner)[] candidates) =>
        new(Candidates: EquatableArray.From(candidates.Select(one => new Base(one.Name, one.Learner))));

    /// <summary>
    /// The learner with prediction intervals and quantiles, or sets of classes, from <paramref name="folds"/> folds, at least 2 (CV+):
    /// <c>trained.PredictInterval(rows, 0.9)</c>, <c>trained.PredictQuantiles(rows, [0.05, 0.5, 0.95])</c>,
    /// <c>trained.PredictSet(rows, 0.9)</c>. It is fitted once for each fold, and once on all
    /// rows. For another plan: <c>new Conformal(learner, plan)</c>. With a <paramref name="scale"/>, such as
    /// <c>new ErrorForest()</c>, intervals are wider where the errors are expected to be larger;
    /// it is fitted once more for each fold.
    /// </summary>
    public static Conformal Conformal(this ILearner learner, int folds = 5, ILearner? scale = null) =>
        new(learner, new FoldPlan.Usual(folds), scale);

    /// <summary>
    /// The classifier of two classes with the threshold on the probability of the second class that is best on its out-of-fold
    /// predictions from <paramref name="folds"/> folds, at least 2: <c>learner.Thresholded(Threshold.F1)</c>. With as many folds, it shares
    /// the fits of <see cref="Conformal(ILearner, int, ILearner?)"/>.
    /// </summary>
    public static Thresholded Thresholded(this ILearner learner, Threshold rule, int folds = 5) =>
        new(learner, rule, new FoldPlan.Usual(folds));

    /// <summary>A pipeline that applies the transforms in sequence and then fits the learner.</summary>
    public static Pipeline Preprocess(this ILearner learner, params ITransform[] steps) =>
        steps.DefaultIfEmpty(new Identity()).Aggregate((first, next) => first.Then(next)).Then(learner);

    /// <summary>The learner on these columns only. Earlier steps of its pipeline get only these columns too.</summary>
    public static Pipeline Columns(this ILearner learner, params string[] columns) => SelectColumns.Of(columns).Then(learner);
}
