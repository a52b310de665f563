using Xunit;
using Xunit.Abstractions;

namespace FunctionalStack.Learners.Tests.Peers;

/// <summary>Regressors beside scikit-learn's on the tables of numbers.json. Tolerances are in units of the target's spread.</summary>
public class RegressorPeers(ITestOutputHelper output)
{
    // Sums and products of doubles; cells are up to 1e6 times their column's spread.
    private const double Doubles = 1e-8;

    // Duality gaps of 1e-14 of the sum of squares: predictions of training rows differ by at most sqrt(2e-14) of the spread, those of
    // held rows by some more.
    private const double Gaps = 1e-6;

    // Each derivative of a round is rounded to about 2^-30 of their sum (PackedGradients); 12 rounds of up to 150 rows.
    private const double Sums = 1e-6;

    // Single precision, as for classifiers.
    private const double Singles = 1e-5;
    private const double Machines = 1e-4;

    private static readonly PeerTable[] Tables = PeerTable.Read("numbers.json");

    private static readonly Dictionary<string, (ILearner Learner, double Tolerance)> Learners = new()
    {
        ["knn3"] = (new KNearestNeighbors(3), Doubles),
        ["knn5Distance"] = (new KNearestNeighbors(5, NeighborWeights.Distance), Doubles),
        ["knn4Manhattan"] = (new KNearestNeighbors(4, NeighborWeights.Distance, Distance.Manhattan), Doubles),
        ["knn5Chebyshev"] = (new KNearestNeighbors(5, Metric: Distance.Chebyshev), Doubles),
        ["leastSquares"] = (ClassifierPeers.Standardized(new RidgeRegression(0)), Doubles),
        ["ridge"] = (ClassifierPeers.Standardized(new RidgeRegression(1)), Doubles),
        ["ridgeWeak"] = (ClassifierPeers.Standardized(new RidgeRegression(0.001)), Doubles),
        ["ridgeStrong"] = (ClassifierPeers.Standardized(new RidgeRegression(100)), Doubles),
        ["ridgeCV"] = (new RidgeCV([0.01, 0.1, 1, 10, 100]), Doubles),
        ["lasso"] = (ClassifierPeers.Standardized(new Lasso(0.1, Tolerance: 1e-14)), Gaps),
        ["elasticNet"] = (ClassifierPeers.Standardized(new ElasticNet(0.05, 0.3, Tolerance: 1e-14)), Gaps),
        ["svmRadial"] = (new SupportVectorMachine(Kernel.Rbf, 2, 0.3, 0.05, 1e-6), Machines),
        ["svmLinear"] = (new SupportVectorMachine(Kernel.Linear, 0.5, Epsilon: 0.05, Tolerance: 1e-6), Machines),
        ["tree"] = (new DecisionTree(), Doubles),
        ["treeDepth"] = (new DecisionTree(MaxDepth: 3), Doubles),
        ["treeLeaves"] = (new DecisionTree(MinSamplesLeaf: 4, MinSamplesSplit: 9), Doubles),
        ["gradientBoosting"] = (new GradientBoosting(12, 0.3, 3, Lambda: 0, MinChildWeight: 0), Sums),
        ["gradientBoostingPenalty"] = (new GradientBoosting(12, 0.3, 3, MinChildWeight: 1e-3), Singles),
    };

    public static TheoryData<string> Names => [.. Learners.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Predictions_are_those_of_scikit_learn(string name)
    {
        var (learner, tolerance) = Learners[name];
        output.WriteLine(PeerTable.CompareAll(Tables, name, tolerance, table =>
        {
            var values = ((Target.Numeric)table.Train.Target).Values;
            var mean = values.Average();
            var unit = Math.Sqrt(values.Average(y => (y - mean) * (y - mean)));
            return (Found(name, learner, table, mean, unit), unit);
        }));
    }

    private static double[] Found(string name, ILearner learner, PeerTable table, double mean, double unit)
    {
        var data = name == "treeLeaves" ? table.Train.WithWeights(table.Train.Weights) : table.Train;
        if (learner is not SupportVectorMachine machine)
        {
            // Thresholds of histograms lie between all rows' values, scikit-learn's of this learner between those in a node.
            var rows = name == "gradientBoosting" ? data.Frame.Take(EquatableArray.Range(table.Held.RowCount)) : table.Held;
            return Sample.Numbers(learner.Model(data).Predict(rows).OrThrow());
        }

        // As for scikit-learn: C and epsilon in units of the target's spread. The constant may be any number of an interval.
        var scaled = data.WithTarget(new Target.Numeric(EquatableArray.From(
            ((Target.Numeric)data.Target).Values.Select(y => (y - mean) / unit))));
        var numbers = Sample.Numbers(ClassifierPeers.Standardized(machine).Model(scaled).Predict(table.Held).OrThrow());
        return [.. numbers.Select(number => (number - numbers[0]) * unit)];
    }
}
