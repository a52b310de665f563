namespace FunctionalStack.FSharp

open FunctionalStack
open FunctionalStack.Learners
open FunctionalStack.Neural
open FunctionalStack.Preprocessing

/// Every learner of the catalogue, under the name it has in specs. For other parameters create the record:
/// `RandomForest(Trees = 200, MaxDepth = 6)`.
[<AutoOpen>]
module Learners =

    /// A baseline that predicts the most frequent class or, for numeric targets, the mean.
    let majority: ILearner = Majority()

    /// k-nearest neighbours, with k at least 1.
    let knn (k: int) : ILearner = KNearestNeighbors k

    /// Gaussian naive Bayes: a normal distribution per column and class.
    let naiveBayes: ILearner = GaussianNaiveBayes()

    /// Multinomial naive Bayes for non-negative counts, with additive smoothing alpha, above 0.
    let multinomialNaiveBayes (alpha: float) : ILearner = MultinomialNaiveBayes alpha

    /// Bernoulli naive Bayes. Columns are binarized: 1 above the threshold, otherwise 0.
    let bernoulliNaiveBayes (threshold: float) : ILearner =
        BernoulliNaiveBayes(Threshold = threshold)

    /// Linear discriminant analysis: normal classes with a common covariance, shrunk by shrinkage, from 0 to 1, towards a multiple of the identity.
    let lda (shrinkage: float) : ILearner = LinearDiscriminantAnalysis shrinkage

    /// Quadratic discriminant analysis: normal classes with one covariance each, shrunk by pooling, from 0 to 1, towards the pooled covariance.
    let qda (pooling: float) : ILearner =
        QuadraticDiscriminantAnalysis(Pooling = pooling)

    /// Logistic regression. c is the inverse regularization strength, above 0.
    let logistic (c: float) : ILearner = LogisticRegression c

    /// A support vector machine. c is the inverse regularization strength, above 0.
    let svm (kernel: Kernel) (c: float) : ILearner = SupportVectorMachine(kernel, c)

    /// Ridge regression: linear regression with an L2 penalty alpha, at least 0.
    let ridge (alpha: float) : ILearner = RidgeRegression alpha

    /// Ridge regression with the penalty selected from a default grid by leave-one-out cross-validation. For another grid:
    /// `RidgeCV(EquatableArray.Of(0.1, 1.0))`.
    let ridgeCV: ILearner = RidgeCV()

    /// For meta-learners: the convex combination of the bases with the least log-loss or squared error (Super Learner).
    let convexWeights: ILearner = ConvexWeights()

    /// For meta-learners: a linear combination of the base predictions with non-negative coefficients (stacked regression).
    let nonNegative: ILearner = NonNegative()

    /// For meta-learners: ensemble selection. The weight of a base is the share of the rounds that selected it.
    let greedy (rounds: int) : ILearner = Greedy rounds

    /// For meta-learners: log-probabilities or predicted values times one weight per base, shrunk towards equal weights. For another
    /// penalty: `OpinionPool 30.0`.
    let opinionPool: ILearner = OpinionPool()

    /// For the meta-learner of a single base: calibrates its probabilities to the observed class frequencies.
    let calibration (method: CalibrationMethod) : ILearner = Calibration method

    /// Lasso: linear regression with an L1 penalty alpha, at least 0. It gives sparse coefficients.
    let lasso (alpha: float) : ILearner = Lasso alpha

    /// Elastic net: linear regression with a penalty alpha, at least 0. The share l1Ratio, from 0 to 1, is L1; the rest is L2.
    let elasticNet (alpha: float) (l1Ratio: float) : ILearner = ElasticNet(alpha, l1Ratio)

    /// A decision tree, grown until its leaves are pure.
    let tree: ILearner = DecisionTree()

    /// A random forest with this number of trees, at least 1.
    let randomForest (trees: int) : ILearner = RandomForest trees

    /// Extremely randomized trees: a forest with random split thresholds. The number of trees is at least 1.
    let extraTrees (trees: int) : ILearner = ExtraTrees trees

    /// Bagging: this number of fits of the learner, at least 1, each on a bootstrap sample.
    let bagging (members: int) (learner: ILearner) : ILearner = Bagging(learner, members)

    /// The mean of the predictions of these learners.
    let voting (voters: (string * ILearner) list) : ILearner =
        Voting(EquatableArray.From(voters |> List.map Base))

    /// Classes in the order of the target's levels: for each class but the last, the learner predicts the probability of a higher class
    /// (Frank and Hall 2001): `ordinal logistic`.
    let ordinal (learner: ILearner) : ILearner = OrdinalClassifier learner

    /// The learner with its parameters chosen by cross-validation, among 20 points drawn from a search space:
    /// `gradientBoosting 100 |> tuned [ "maxDepth", Tune.values [ 3; 6; 9 ]; "eta", Tune.logRange 0.01 0.3 ]`. Without parameters,
    /// the default space of the learner is searched. The module Tune has other searches.
    let tuned (space: (string * SearchValues) list) (learner: ILearner) : Tuned =
        match space with
        | [] -> Tuned learner
        | _ -> Tuned(learner, SearchSpace(EquatableArray.From(space |> List.map SearchParameter)))

    /// The classifier fitted with its classes weighted evenly. Only the fit is weighted; scores are not.
    let balanced (learner: ILearner) : ILearner = Balanced learner

    /// AdaBoost of small trees with this number of rounds, at least 1. For another learner: `AdaBoost(learner, 50)`.
    let adaBoost (rounds: int) : ILearner = AdaBoost(null, rounds)

    /// Gradient-boosted trees with this number of rounds, at least 1. They accept missing values and categories.
    /// With early stopping to find the number of rounds: `GradientBoosting()`.
    let gradientBoosting (rounds: int) : ILearner = GradientBoosting rounds

    /// A neural network with hidden layers of these sizes. For images: `Net(Image = EquatableArray.Of(8, 8, 1), Filters = EquatableArray.Of(16, 16))`.
    let net (hidden: int list) : ILearner = Net(EquatableArray.From hidden)

    /// Any network, given without its output layer. The target determines the output layer.
    let network (training: TrainingOptions) (body: Network) : ILearner = NetworkLearner(body, training)

/// Every transform of the catalogue, under the name it has in specs:
/// `knn 5 |> Learner.preprocess (Prepare.impute |> Transform.andThen Prepare.standardize)`.
[<RequireQualifiedAccess>]
module Prepare =

    /// Preprocessing of raw tables for linear models.
    let forLinear: ITransform = Recipe.ForLinear

    /// Preprocessing of raw tables for distance-based learners.
    let forDistances: ITransform = Recipe.ForDistances

    /// Preprocessing of raw tables for learners of counts.
    let forCounts: ITransform = Recipe.ForCounts

    /// Preprocessing of raw tables for trees and forests.
    let forTrees: ITransform = Recipe.ForTrees

    /// Preprocessing of raw tables for gradient-boosted trees, which accept missing values and categories.
    let forBoosting: ITransform = Recipe.ForBoosting

    /// Drops constant columns, and categorical columns that identify rows.
    let dropUseless: ITransform = DropUseless()

    /// Imputes missing values with the median or the most frequent level.
    let impute: ITransform = Impute()

    /// Scales numeric columns to mean 0 and standard deviation 1.
    let standardize: ITransform = Standardize()

    /// Scales numeric columns to the range 0 to 1.
    let minMax: ITransform = MinMax()

    /// Applies log(1 + x) to numeric columns.
    let log1p: ITransform = Log1p()

    /// Applies TF-IDF weights to counts, and scales rows to length 1.
    let tfIdf: ITransform = TfIdf()

    /// Columns of texts become TF-IDF columns of their most frequent words, at most this number each.
    let bagOfWords (maxWords: int) : ITransform = BagOfWords maxWords

    /// One-hot encodes categories: one 0/1 column per level.
    let oneHot: ITransform = OneHot()

    /// Encodes categories as integers.
    let ordinal: ITransform = Ordinal()

    /// Whitens numeric columns: uncorrelated, with variance 1.
    let whiten: ITransform = Whiten()

    /// Encodes categories by the smoothed mean of the target, cross-fitted.
    let targetEncode: ITransform = TargetEncode()
