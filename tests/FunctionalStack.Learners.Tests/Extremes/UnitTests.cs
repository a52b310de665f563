using FsCheck.Xunit;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Learners.Tests.Extremes;

/// <summary>
/// Columns and targets in units from 1e-300 to 1e300, of numbers below the smallest normal double, and far from 0. Scaling by powers of two
/// is exact, so learners that do not depend on units predict the same numbers, not only similar ones.
/// </summary>
[Properties(MaxTest = 15)]
public class UnitTests
{
    // Sums whose terms are scaled by powers of two, in the same order.
    private const double Exact = 1e-12;

    private static readonly ILearner[] OfClasses =
    [
        new LinearDiscriminantAnalysis(), new LinearDiscriminantAnalysis(0.2), new QuadraticDiscriminantAnalysis(),
        new QuadraticDiscriminantAnalysis(0.2, 0.1), new BernoulliNaiveBayes(), new DecisionTree(), new RandomForest(5), new ExtraTrees(5),
        new AdaBoost(Rounds: 5), new GradientBoosting(5), new GradientBoosting(5, MaxLeaves: 4), new Majority(),
        new Bagging(new LinearDiscriminantAnalysis(), 3), new OrdinalClassifier(new LinearDiscriminantAnalysis()),
        Changed.Standardized(new KNearestNeighbors(3)), Changed.Standardized(new GaussianNaiveBayes()),
        Changed.Standardized(new LogisticRegression(Tolerance: 1e-12)), Changed.Standardized(new SupportVectorMachine()),
        Changed.Standardized(new SupportVectorMachine(Kernel.Linear)), new MinMax().Then(new MultinomialNaiveBayes()),
        new Standardize().Then(new Whiten(Whitening.Zca, 0)).Then(new KNearestNeighbors(3)),
        Voting.Of(("tree", new DecisionTree(MaxDepth: 3)), ("lda", new LinearDiscriminantAnalysis())),
    ];

    private static readonly ILearner[] OfNumbers =
    [
        new RidgeRegression(0), new RidgeCV(), new Lasso(0), new DecisionTree(), new RandomForest(5), new ExtraTrees(5),
        new AdaBoost(Rounds: 5), new GradientBoosting(5), new GradientBoosting(5, Objective: BoostingObjective.Quantile), new Majority(),
        Changed.Standardized(new RidgeRegression()), Changed.Standardized(new Lasso(0.1)), Changed.Standardized(new ElasticNet(0.1)),
        Changed.Standardized(new KNearestNeighbors(3, NeighborWeights.Distance)), Changed.Standardized(new SupportVectorMachine()),
        Changed.Standardized(new SupportVectorMachine(Kernel.Linear)), new Bagging(new RidgeRegression(0), 3),
    ];

    // Only a common unit of all columns has no influence.
    private static readonly ILearner[] OfCommonUnits =
    [
        new KNearestNeighbors(3), new KNearestNeighbors(3, NeighborWeights.Distance, Distance.Manhattan),
        new KNearestNeighbors(3, Metric: Distance.Chebyshev), new KNearestNeighbors(3, NeighborWeights.Distance, Distance.Minkowski, 3),
        new KNearestNeighbors(3, Metric: Distance.Cosine), new SupportVectorMachine(),
        new Whiten(Epsilon: 0).Then(new KNearestNeighbors(3)),
        new TfIdf().Then(new GaussianNaiveBayes()),
    ];

    [Property]
    public void The_unit_of_a_column_changes_no_prediction(int seed)
    {
        var stream = Seed.Of(seed).Fork("units").Stream();
        var exponents = Enumerable.Range(0, 3).Select(_ => stream.Next(2001) - 1000).ToArray();
        foreach (var classes in new[] { true, false })
        {
            var data = Changed.Of(classes, seed);
            var other = data.Cells((c, x) => Math.ScaleB(x, exponents[c]));
            foreach (var learner in classes ? OfClasses : OfNumbers) Changed.Same(learner, data, other, Exact);
        }
    }

    [Property]
    public void A_common_unit_of_all_columns_changes_no_prediction(int seed)
    {
        var exponent = Seed.Of(seed).Fork("unit").Stream().Next(2001) - 1000;
        var data = Changed.Of(true, seed);
        var other = data.Cells((_, x) => Math.ScaleB(x, exponent));
        foreach (var learner in OfCommonUnits) Changed.Same(learner, data, other, Exact);

        // Its variances are in the square of the unit: beyond 1e-145 to 1e154 there is a message. Squares of scaled cells are exact too.
        Changed.Same(new GaussianNaiveBayes(), data, other, Exact, mayFail: Math.Abs(exponent) > 450);
    }

    [Property]
    public void The_unit_of_the_target_is_that_of_the_predictions(int seed)
    {
        var exponent = Seed.Of(seed).Fork("unit").Stream().Next(2001) - 1000;
        var data = Changed.Of(false, seed);
        var other = data.WithTarget(Changed.Mapped((Target.Numeric)data.Target, y => Math.ScaleB(y, exponent)));
        foreach (var learner in OfNumbers.Append(new KNearestNeighbors(3)).Append(new RidgeRegression()))
        {
            // The penalties of lasso, elastic net and support vector machines are in the unit of the target.
            if (learner is Pipeline { Learner: Lasso or ElasticNet or SupportVectorMachine }) continue;
            // Forests sum all targets of their trees: there is a message from 1e290 on.
            Changed.Same(learner, data, other, Exact, mayFail: exponent > 960, back: y => Math.ScaleB(y, -exponent));
        }
    }

    [Property]
    public void Multiples_of_the_smallest_double_are_predicted_as_whole_numbers_or_refused(int seed)
    {
        foreach (var classes in new[] { true, false })
        {
            // Cells are up to 2^33 times the smallest double, so deviations have 30 digits, and results about half as many in the end.
            var data = Changed.Of(classes, seed, bits: 30);
            var other = data.Cells((_, x) => Math.ScaleB(x, -1044));
            foreach (var learner in (classes ? OfClasses.Concat(OfCommonUnits) : OfNumbers).Append(new KNearestNeighbors(3)))
            {
                // Rows that a tree did not see lie exactly at the rounded middle of two of these numbers; the probabilities of support
                // vector machines are fitted to decision values that were optimized to 1e-3.
                if (learner is RandomForest or ExtraTrees or AdaBoost or Pipeline { Learner: SupportVectorMachine } or SupportVectorMachine)
                    continue;
                Changed.Same(learner, data, other, 1e-4, mayFail: true);
            }
        }
    }

    [Property]
    public void Columns_of_mean_1e6_and_variance_1e_6_keep_their_digits(int seed)
    {
        foreach (var classes in new[] { true, false })
        {
            // The mean of such numbers is rounded to 2^-33, a deviation of 2^-10 times 1e-7.
            var data = Changed.Of(classes, seed);
            var other = data.Cells((_, x) => Math.ScaleB(x, -10) + (1 << 20));
            foreach (var learner in classes ? OfClasses.Append(new GaussianNaiveBayes()).Append(new KNearestNeighbors(3)) : OfNumbers)
            {
                if (learner is BernoulliNaiveBayes) continue;
                var stopsAt = learner is Pipeline { Learner: SupportVectorMachine } ? 1e-2 : 1e-6;
                Changed.Same(learner, data, other, stopsAt);
            }
        }
    }

    [Property]
    public void Targets_of_mean_1e6_and_variance_1e_6_keep_their_digits(int seed)
    {
        // Predictions near 2^20 are rounded to 2^-33, in units of 2^-10 to 1e-7; sums of forests and boosting to some more.
        var data = Changed.Of(false, seed);
        var other = data.WithTarget(Changed.Mapped((Target.Numeric)data.Target, y => Math.ScaleB(y, -10) + (1 << 20)));
        foreach (var learner in OfNumbers.Append(new KNearestNeighbors(3)).Append(new RidgeRegression()))
        {
            if (learner is Majority or Pipeline { Learner: Lasso or ElasticNet or SupportVectorMachine }) continue;
            Changed.Same(learner, data, other, 1e-5, back: y => Math.ScaleB(y - (1 << 20), 10));
        }
    }

    [Property]
    public void A_column_that_others_determine_changes_no_prediction_of_learners_that_leave_it_out(int seed)
    {
        foreach (var classes in new[] { true, false })
        {
            var data = Changed.Of(classes, seed);
            ILearner[] learners = classes
                ? [new LinearDiscriminantAnalysis(), new QuadraticDiscriminantAnalysis()] : [new RidgeRegression(0), new Lasso(0)];
            foreach (var learner in learners)
            {
                Changed.Same(learner, data, data.Beside(row => row[0]), 1e-9);
                Changed.Same(learner, data, data.Beside(row => row[0] + 2 * row[1]), 1e-9);
            }

            // A copy has no split that its original does not have.
            foreach (var learner in new ILearner[] { new DecisionTree(), new AdaBoost(new DecisionTree(), 3), new GradientBoosting(5) })
            {
                if (learner is AdaBoost && !classes) continue;
                Changed.Same(learner, data, data.Beside(row => row[0]), 1e-9);
            }
        }
    }
}
