namespace FunctionalStack.FSharp

open FunctionalStack
open FunctionalStack.Learners
open FunctionalStack.Neural
open FunctionalStack.Preprocessing

/// Every learner of the catalogue under its name in specs. For parameters not named here, give the record:
/// `RandomForest(Trees = 200, MaxDepth = 6)`.
[<AutoOpen>]
module Learners =

    /// The most frequent class, or the mean: what every other learner has to beat.
    let majority: ILearner = Majority()

    /// The k nearest training rows vote; at least 1.
    let knn (k: int) : ILearner = KNearestNeighbors k

    /// A normal distribution for each column and class.
    let naiveBayes: ILearner = GaussianNaiveBayes()

    /// Counts drawn with probabilities of each class's own, smoothed by alpha, above 0; columns of at least 0.
    let multinomialNaiveBayes (alpha: float) : ILearner = MultinomialNaiveBayes alpha

    /// A yes or no in each column, above the threshold or not, with probabilities of each class's own.
    let bernoulliNaiveBayes (threshold: float) : ILearner =
        BernoulliNaiveBayes(Threshold = threshold)

    /// Normal classes with one covariance, of which a part, from 0 to 1, is made the same for all columns.
    let lda (shrinkage: float) : ILearner = LinearDiscriminantAnalysis shrinkage

    /// Normal classes each with its own covariance, moved by pooling, from 0 to 1, towards a common one.
    let qda (pooling: float) : ILearner =
        QuadraticDiscriminantAnalysis(Pooling = pooling)

    /// Logistic regression; a smaller c regularizes more strongly, above 0.
    let logistic (c: float) : ILearner = LogisticRegression c

    /// Support vector machines; a smaller c regularizes more strongly, above 0.
    let svm (kernel: Kernel) (c: float) : ILearner = SupportVectorMachine(kernel, c)

    /// Linear regression with squared weights penalized by alpha, at least 0.
    let ridge (alpha: float) : ILearner = RidgeRegression alpha

    /// Ridge regression whose penalty, of the usual ones, is chosen by leave-one-out cross-validation. Of others:
    /// `RidgeCV(Values.Of(0.1, 1.0))`.
    let ridgeCV: ILearner = RidgeCV()

    /// Above bases: their mixture of least log-loss or squared error, the Super Learner.
    let convexWeights: ILearner = ConvexWeights()

    /// Above bases: the sum of coefficients of at least 0 times what they say, stacked regression.
    let nonNegative: ILearner = NonNegative()

    /// Above bases: each weighed by how often it is chosen in so many rounds of ensemble selection.
    let greedy (rounds: int) : ILearner = Greedy rounds

    /// Above one base: its probabilities, mapped to how often the classes were right.
    let calibration (method: CalibrationMethod) : ILearner = Calibration method

    /// Linear regression with absolute weights penalized by alpha, at least 0: many become 0.
    let lasso (alpha: float) : ILearner = Lasso alpha

    /// Linear regression with absolute and squared weights penalized by alpha, at least 0, in the parts l1Ratio, from 0 to 1, and the rest.
    let elasticNet (alpha: float) (l1Ratio: float) : ILearner = ElasticNet(alpha, l1Ratio)

    /// A decision tree, grown until its leaves are pure.
    let tree: ILearner = DecisionTree()

    /// A random forest of so many trees, at least 1.
    let randomForest (trees: int) : ILearner = RandomForest trees

    /// So many extremely randomized trees, at least 1: a forest whose cuts are drawn at random.
    let extraTrees (trees: int) : ILearner = ExtraTrees trees

    /// So many members, at least 1, each this learner on a bootstrap sample.
    let bagging (members: int) (learner: ILearner) : ILearner = Bagging(learner, members)

    /// The mean of what these learners say, each under its own name.
    let voting (voters: (string * ILearner) list) : ILearner =
        Voting(EquatableArray.From(voters |> List.map Base))

    /// AdaBoost in so many rounds, at least 1, of small trees. Of another learner: `AdaBoost(learner, 50)`.
    let adaBoost (rounds: int) : ILearner = AdaBoost(null, rounds)

    /// Gradient boosted trees, so many rounds of them, at least 1. They take gaps and categories as they are.
    let gradientBoosting (rounds: int) : ILearner = GradientBoosting rounds

    /// A small net with a dense layer of each of these unit counts. Of images: `Net(Image = Values.Of(8, 8, 1), Filters = Values.Of(16, 16))`.
    let net (hidden: int list) : ILearner = Net(EquatableArray.From hidden)

    /// Any network, given without its last layer, which the target decides.
    let network (training: TrainingOptions) (body: Network) : ILearner = NetworkLearner(body, training)

/// Every transform of the catalogue under its name in specs:
/// `knn 5 |> Learner.after (Prepare.impute |> Transform.andThen Prepare.standardize)`.
[<RequireQualifiedAccess>]
module Prepare =

    /// What learners that sum columns need of a raw table, in one.
    let forLinear: ITransform = Recipe.ForLinear

    /// What learners that measure distances need of a raw table, in one.
    let forDistances: ITransform = Recipe.ForDistances

    /// What learners of counts need of a raw table, in one.
    let forCounts: ITransform = Recipe.ForCounts

    /// What trees need of a raw table, in one.
    let forTrees: ITransform = Recipe.ForTrees

    /// What boosted trees need of a raw table, in one: next to nothing.
    let forBoosting: ITransform = Recipe.ForBoosting

    /// Without columns that hold one value, and categories that name their row.
    let dropUseless: ITransform = DropUseless()

    /// Missing values become the median or the most frequent level.
    let impute: ITransform = Impute()

    /// Numbers of mean 0 and standard deviation 1.
    let standardize: ITransform = Standardize()

    /// Numbers from 0 to 1.
    let minMax: ITransform = MinMax()

    /// Numbers on a logarithmic scale.
    let log1p: ITransform = Log1p()

    /// Counts weighed as documents' words are, rows of length 1.
    let tfIdf: ITransform = TfIdf()

    /// A column of 0 and 1 for each level of a category.
    let oneHot: ITransform = OneHot()

    /// A number for each level of a category.
    let ordinal: ITransform = Ordinal()

    /// Uncorrelated numbers of variance 1.
    let whiten: ITransform = Whiten()

    /// Categories as the smoothed mean of their target, cross-fitted.
    let targetEncode: ITransform = TargetEncode()
