using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Learners.Tests;

/// <summary>What every learner of this assembly declares is so.</summary>
public class CapabilitiesTests
{
    private static readonly ILearner[] All =
    [
        new Majority(),
        new KNearestNeighbors(3),
        new KNearestNeighbors(3, NeighborWeights.Distance),
        new GaussianNaiveBayes(),
        new MultinomialNaiveBayes(),
        new BernoulliNaiveBayes(Threshold: 3),
        new LinearDiscriminantAnalysis(),
        new QuadraticDiscriminantAnalysis(),
        new LogisticRegression(),
        new SupportVectorMachine(),
        new RidgeRegression(),
        new RidgeCV(),
        new Lasso(0.01),
        new ElasticNet(0.01),
        new DecisionTree(MaxDepth: 3),
        new RandomForest(5),
        new ExtraTrees(5),
        new GradientBoosting(4),
        new GradientBoosting(4, Objective: BoostingObjective.Poisson),
        new GradientBoosting(4, Objective: BoostingObjective.Quantile),
        new AdaBoost(Rounds: 3),
        new AdaBoost(new KNearestNeighbors(3), 3),
        new AdaBoost(new LogisticRegression(), 3),
        new AdaBoost(new RidgeRegression(), 3),
        new AdaBoost(new GradientBoosting(2), 3),
        new AdaBoost(new Unweighted(), 3),
        new Bagging(Members: 3),
        new Bagging(new GradientBoosting(2), 3),
        new Bagging(new LogisticRegression(), 3),
        new Bagging(new Unweighted(), 3),
        new OrdinalClassifier(),
        new OrdinalClassifier(new GradientBoosting(2)),
        new OrdinalClassifier(new Unweighted()),
        Voting.Of(("tree", new DecisionTree(MaxDepth: 2)), ("near", new KNearestNeighbors(3))),
        Voting.Of(("boosted", new GradientBoosting(2)), ("majority", new Majority())),
        Voting.Of(("boosted", new GradientBoosting(2)), ("majority", new Majority())) with { Vote = VotingRule.Hard },
        Voting.Of(("tree", new DecisionTree(MaxDepth: 2)), ("logistic", new LogisticRegression())),
        Voting.Of(("boosted", new GradientBoosting(2)), ("unused", new LogisticRegression())) with { Weights = [1, 0] },
        new ConvexWeights(),
        new NonNegative(),
        new Greedy(5),
        new OpinionPool(),
        new Calibration(),
        new Calibration(CalibrationMethod.Isotonic),
        new Calibration(CalibrationMethod.Temperature),
        new Pruned(new ConvexWeights(), new FoldPlan.KFold(2)),
        new ErrorForest(3, 1),
    ];

    public static IEnumerable<object[]> Learners => All.Select((learner, i) => new object[] { i, learner.Name });

    [Theory]
    [MemberData(nameof(Learners))]
    public void A_learner_takes_what_it_declares_and_nothing_else(int learner, string name)
    {
        Assert.NotEmpty(name);
        var bases = All[learner] is Calibration ? 1 : 2;
        var options = new LawOptions { Cases = 3, Bases = bases, Only = [LawNames.Capabilities, LawNames.WeightsUsed] };
        Assert.DoesNotContain(LearnerLaws.Check(All[learner], options), result => result.IsBroken);
    }

    [Fact]
    public void Every_learner_is_among_them() => Assert.Empty(typeof(Majority).Assembly.GetTypes()
        .Where(type => type.IsAssignableTo(typeof(ILearner)) && !type.IsAbstract)
        .Except(All.Select(learner => learner.GetType())));

    /// <summary>A tree that refuses weights that differ.</summary>
    private sealed record Unweighted : ILeafLearner
    {
        public string Name => "unweighted";

        public Capabilities Capabilities => new(Weights: false);

        public Outcome<IModel> FitLeaf(Dataset data, Seed seed) =>
            data.Weights is { } weights && weights.AsSpan().ContainsAnyExcept(weights[0])
                ? Outcome.Fail<IModel>(Name, "weights differ", "Leave them out.")
                : new DecisionTree(MaxDepth: 2).FitLeaf(data, seed);
    }
}
