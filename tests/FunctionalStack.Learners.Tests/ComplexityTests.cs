using Xunit;

namespace FunctionalStack.Learners.Tests;

public class ComplexityTests
{
    [Fact]
    public void Learners_declare_how_complex_their_models_are()
    {
        Of(Complexity.Constant, new Majority());
        Of(Complexity.Linear, new LogisticRegression(), new RidgeRegression(), new RidgeCV(), new Lasso(), new ElasticNet(),
            new GaussianNaiveBayes(), new MultinomialNaiveBayes(), new BernoulliNaiveBayes(), new LinearDiscriminantAnalysis(),
            new QuadraticDiscriminantAnalysis(), new ConvexWeights(), new NonNegative(), new Greedy(), new OpinionPool(),
                new Calibration());
        Of(Complexity.Nonlinear, new DecisionTree(), new KNearestNeighbors(3), new SupportVectorMachine());
        Of(Complexity.Ensemble, new RandomForest(), new ExtraTrees(), new GradientBoosting(), new AdaBoost(), new Bagging(),
            new Voting([new("tree", new DecisionTree())]));

        // Compositions have the complexity of what they fit.
        Of(Complexity.Linear, new Identity().Then(new RidgeRegression()), new Pruned(new ConvexWeights(), new FoldPlan.KFold(2)));
        Of(Complexity.Ensemble, new Tuned(Candidates: [new("ridge", new RidgeRegression()), new("forest", new RandomForest())]));
        Of(Complexity.Stack, new Stack([new("tree", new DecisionTree())], new RidgeRegression(), new FoldPlan.KFold(2)));
    }

    private static void Of(Complexity complexity, params ILearner[] learners) =>
        Assert.All(learners, learner => Assert.Equal(complexity, learner.Complexity));
}
