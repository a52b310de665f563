using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using FunctionalStack.Laws;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Learners.Tests;

/// <summary>The learner laws for this assembly's learners: each of its catalogue, and some with other parameters.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(LearnersLaws)], MaxTest = 100)]
public class LearnersLaws() : CatalogueLaws(All)
{
    private static EquatableArray<Known> All { get; } =
    [
        .. Known.Of(LearnersCatalogue.All),
        new(Recipe.ForDistances.Then(new KNearestNeighbors(1)), true, true),
        new(Recipe.ForDistances.Then(new KNearestNeighbors(3)), true, true),
        new(Recipe.ForDistances.Then(new KNearestNeighbors(3, NeighborWeights.Distance, Distance.Manhattan)), true, true),
        new(Recipe.ForDistances.Then(new KNearestNeighbors(3, NeighborWeights.Distance, Distance.Cosine)), true, true),
        new(Recipe.ForLinear.Then(new LinearDiscriminantAnalysis(0.1)), true, false),
        new(Recipe.ForLinear.Then(new QuadraticDiscriminantAnalysis(0.1, 0.1)), true, false),
        new(Recipe.ForDistances.Then(new SupportVectorMachine(Kernel.Linear)), true, true),
        new(Above(new ConvexWeights()), true, true),
        new(Above(new NonNegative()), true, true),
        new(Above(new Greedy(5, Bags: 2)), true, true),
        new(Above(new OpinionPool()), true, true),
        new(Above(new Pruned(new ConvexWeights(), new FoldPlan.KFold(2))), true, true),
        .. Enum.GetValues<CalibrationMethod>()
        .Select(method =>
            new Known(new Stack([new("tree", Recipe.ForTrees.Then(new DecisionTree(MaxDepth: 2)))], new Calibration(method),
                new FoldPlan.KFold(2), Combine.Refit), true, false)),
        new(Recipe.ForLinear.Then(new Lasso(0.1)), false, true),
        new(Recipe.ForLinear.Then(new ElasticNet(0.1)), false, true),
        new(Recipe.ForTrees.Then(new DecisionTree(MinSamplesSplit: 5, MinSamplesLeaf: 3)), true, true),
        new(Recipe.ForTrees.Then(new DecisionTree(Criterion.Entropy, MinSamplesSplit: 7)), true, true),
        new(Recipe.ForTrees.Then(new DecisionTree(Criterion.Entropy, MinSamplesLeaf: 4)), true, true),
        new(Recipe.ForTrees.Then(new RandomForest(7)), true, true),
        new(Recipe.ForTrees.Then(new ExtraTrees(7)), true, true),
        new(Recipe.ForTrees.Then(new Bagging(Members: 4, ColumnShare: 0.7)), true, true),
        new(new Bagging(Recipe.ForDistances.Then(new KNearestNeighbors(2)), 3, 0.8, Replacement: false), true, true),
        new(Voting.Of(("tree", Recipe.ForTrees.Then(new DecisionTree(MaxDepth: 3))),
            ("near", Recipe.ForDistances.Then(new KNearestNeighbors(3)))), true, true),
        new(Voting.Of(("tree", Recipe.ForTrees.Then(new DecisionTree(MaxDepth: 3))),
            ("bayes", Recipe.ForLinear.Then(new GaussianNaiveBayes()))) with { Vote = VotingRule.Hard, Weights = [1, 2] }, true, false),
        new(new Tuned(Recipe.ForTrees.Then(new DecisionTree()), SearchSpace.Empty.Over("maxDepth", 1, 3), Folds: new FoldPlan.KFold(2)),
            true, true),
        new(Recipe.ForTrees.Then(new OrdinalClassifier(new DecisionTree(MaxDepth: 3))), true, false),
        new(new OrdinalClassifier(Recipe.ForBoosting.Then(new GradientBoosting(3))), true, false),
        new(Recipe.ForTrees.Then(new AdaBoost(Rounds: 4)), true, true),
        new(Recipe.ForTrees.Then(new AdaBoost(new DecisionTree(MaxDepth: 2), 3, 0.5, AdaBoostRule.Samme, AdaBoostLoss.Square)), true, true),
        new(Recipe.ForBoosting.Then(new GradientBoosting(5)), true, true),
        new(Recipe.ForBoosting.Then(new GradientBoosting(5, MaxLeaves: 4, MinChildWeight: 0, Subsample: 0.7, ColumnsByTree: 0.8,
            ColumnsByLevel: 0.5, Bins: 4, Patience: 2)), true, true),
        new(Recipe.ForBoosting.Then(new GradientBoosting(5, MinChildWeight: 0, Objective: BoostingObjective.Quantile)), false, true),
    ];

    // Meta-learners that weight bases are tested on the predictions of some.
    private static Stack Above(ILearner meta) => new(
        [
            new("knn", Recipe.ForDistances.Then(new KNearestNeighbors(2))),
            new("tree", Recipe.ForTrees.Then(new DecisionTree(MaxDepth: 2))),
            new("majority", new Majority()),
        ],
        meta, new FoldPlan.KFold(2));

    public static Arbitrary<Known> Learners() => Gen.Elements<Known>([.. All]).ToArbitrary();

    [Fact]
    public void Every_learner_of_the_catalogue_takes_part_but_those_of_no_one() =>
        Assert.Equal(LearnersCatalogue.All.Learners.Count - 3, Known.Of(LearnersCatalogue.All).Count);
}
