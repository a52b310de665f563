using FunctionalStack.Preprocessing;
using Xunit;
using Xunit.Abstractions;

namespace FunctionalStack.Learners.Tests.Peers;

/// <summary>Classifiers beside scikit-learn's on the tables of classes.json. Each tolerance follows from what limits the digits.</summary>
public class ClassifierPeers(ITestOutputHelper output)
{
    // Both sides are sums and products of doubles, at most some 150 rows; cells are up to 1e6 times their column's spread.
    private const double Doubles = 1e-8;

    // Histogram gradient boosting sums derivatives in single precision: 2^-24 a round and row.
    private const double Singles = 1e-5;

    // Kernels are single precision, and both solvers stop within 1e-6 of the conditions of the optimum; times up to 10 support vectors
    // at their bound.
    private const double Machines = 1e-4;

    private static readonly PeerTable[] Tables = PeerTable.Read("classes.json");

    private static readonly Dictionary<string, (ILearner Learner, double Tolerance)> Learners = new()
    {
        ["knn3"] = (new KNearestNeighbors(3), Doubles),
        ["knn5Distance"] = (new KNearestNeighbors(5, NeighborWeights.Distance), Doubles),
        ["knn4Manhattan"] = (new KNearestNeighbors(4, NeighborWeights.Distance, Distance.Manhattan), Doubles),
        ["knn5Chebyshev"] = (new KNearestNeighbors(5, Metric: Distance.Chebyshev), Doubles),
        ["knn5Minkowski"] = (new KNearestNeighbors(5, Metric: Distance.Minkowski, P: 3), Doubles),
        ["knn5Cosine"] = (new KNearestNeighbors(5, NeighborWeights.Distance, Distance.Cosine), Doubles),
        ["gaussian"] = (new GaussianNaiveBayes(), Doubles),
        ["multinomial"] = (new MultinomialNaiveBayes(), Doubles),
        ["multinomialEqual"] = (new MultinomialNaiveBayes(0.3, Priors.Equal), Doubles),
        ["bernoulli"] = (new BernoulliNaiveBayes(), Doubles),
        ["bernoulliEqual"] = (new BernoulliNaiveBayes(0.3, 0.5, Priors.Equal), Doubles),
        ["lda"] = (new LinearDiscriminantAnalysis(), Doubles),
        ["ldaShrunk"] = (new LinearDiscriminantAnalysis(0.3), Doubles),
        ["qda"] = (new QuadraticDiscriminantAnalysis(), Doubles),
        ["qdaShrunk"] = (new QuadraticDiscriminantAnalysis(0.2), Doubles),
        ["logistic"] = (Standardized(new LogisticRegression(1, Tolerance: 1e-12)), Doubles),
        ["logisticWeak"] = (Standardized(new LogisticRegression(100, Tolerance: 1e-12)), Doubles),
        ["logisticStrong"] = (Standardized(new LogisticRegression(0.01, Tolerance: 1e-12)), Doubles),
        ["svmRadial"] = (Standardized(new SupportVectorMachine(Kernel.Rbf, 2, 0.3, Tolerance: 1e-6)), Machines),
        ["svmLinear"] = (Standardized(new SupportVectorMachine(Kernel.Linear, 0.5, Tolerance: 1e-6)), Machines),
        ["tree"] = (new DecisionTree(), Doubles),
        ["treeEntropy"] = (new DecisionTree(Criterion.Entropy, 3), Doubles),
        ["treeLeaves"] = (new DecisionTree(MinSamplesLeaf: 4, MinSamplesSplit: 9), Doubles),
        ["adaBoost"] = (new AdaBoost(Rounds: 8), Doubles),
        ["adaBoostSamme"] = (new AdaBoost(new DecisionTree(MaxDepth: 2), 5, 0.5, AdaBoostRule.Samme), Doubles),
        ["gradientBoosting"] = (new GradientBoosting(10, 0.1, 3, MinChildWeight: 1e-3), Singles),
    };

    public static TheoryData<string> Names => [.. Learners.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Predictions_are_those_of_scikit_learn(string name)
    {
        var (learner, tolerance) = Learners[name];
        output.WriteLine(PeerTable.CompareAll(Tables, name, tolerance, table => (Found(name, learner, table), 1)));
    }

    private static double[] Found(string name, ILearner learner, PeerTable table)
    {
        // Rows with importance weights count as rows, as in scikit-learn.
        var data = name == "treeLeaves" ? table.Train.WithWeights(table.Train.Weights) : table.Train;
        // scikit-learn's second derivatives of several classes are half the library's: the same trees with steps of half the length.
        var several = ((Target.Classes)data.Target).Present().Count > 2;
        var model = (learner is GradientBoosting boosting && several
            ? boosting with { Eta = 2 * boosting.Eta, Lambda = 0, MinChildWeight = 2 * boosting.MinChildWeight } : learner).Model(data);
        if (model is not PipelineModel { Model: SupportVectorMachineModel machine } pipeline)
            return Sample.Numbers(model.Predict(table.Held).OrThrow());
        var decisions = machine.DecisionValues(pipeline.Map.Apply(table.Held).OrThrow()).OrThrow();
        return [.. decisions.Select((decision, i) => decision - decisions[i % machine.Machines.Count])];
    }

    internal static ILearner Standardized(ILearner learner) => new Standardize().Then(learner);
}
