using FsCheck.Xunit;
using FunctionalStack.Learners;
using FunctionalStack.Learners.Tests.Trees;
using Xunit;

namespace FunctionalStack.Learners.Tests;

[Properties(Arbitrary = [typeof(TreeCases)], MaxTest = 40)]
public class VotingTests
{
    private static readonly Voting Three =
        Voting.Of(("tree", new DecisionTree()), ("near", new KNearestNeighbors(1)), ("forest", new RandomForest(3)));

    [Property]
    public bool A_vote_of_one_is_that_learner(ClassesCase classes, ValuesCase values, int seed, byte weight) =>
        new[] { classes.Data, values.Data }.All(data =>
        new Voting([new("forest", new RandomForest(3))], [0.1 + weight]).Fit(data, Seed.Of(seed)).OrThrow().Predict(data.Frame).OrThrow()
            .Equals(new RandomForest(3).Fit(data, Seed.Of(seed).Fork("forest")).OrThrow().Predict(data.Frame).OrThrow()));

    [Property]
    public bool Equal_weights_are_no_weights_and_make_the_mean(ClassesCase classes, ValuesCase values, int seed, byte weight) =>
        new[] { classes.Data, values.Data }.All(data =>
    {
        var model = (VotingModel)Three.FitModel(data, Seed.Of(seed)).OrThrow();
        var equal = EquatableArray.From(Enumerable.Repeat(0.3 + weight, 3));
        return model.Equals((Three with { Weights = equal }).FitModel(data, Seed.Of(seed)).OrThrow())
            && model.Predict(data.Frame).OrThrow()
            .Equals(Prediction.Mean([.. model.Members.Select(member => member.Predict(data.Frame).OrThrow())]));
    });

    [Property]
    public bool A_soft_vote_lies_within_what_is_voted_and_its_weights_count(ClassesCase classes, ValuesCase values, int seed, byte a,
        byte b, byte c) => new[] { classes.Data, values.Data }.All(data =>
    {
        double[] weights = [a + 0.5, b, c / 7.0];
        var model = (VotingModel)(Three with { Weights = EquatableArray.Copy<double>(weights) }).FitModel(data, Seed.Of(seed)).OrThrow();
        var predicted = Sample.Numbers(model.Predict(data.Frame).OrThrow());
        var members =
            Three.Bases.Select(voter =>
                Sample.Numbers(voter.Learner.Fit(data, Seed.Of(seed).Fork(voter.Name)).OrThrow().Predict(data.Frame).OrThrow())).ToArray();
        return Enumerable.Range(0, predicted.Length).All(i =>
            Math.Abs(predicted[i] - Enumerable.Range(0, 3).Sum(m => weights[m] * members[m][i]) / weights.Sum()) < 1e-12
                * Math.Max(1, Math.Abs(predicted[i]))
            && predicted[i] >= members.Min(t => t[i]) - 1e-12 && predicted[i] <= members.Max(t => t[i]) + 1e-12);
    });

    [Property]
    public bool A_voter_without_weight_is_not_even_fitted(ClassesCase given, int seed, bool hard)
    {
        var vote = hard ? VotingRule.Hard : VotingRule.Soft;
        var two = Three with { Bases = [Three.Bases[0], Three.Bases[1]], Vote = vote };
        var broken = new Voting([.. two.Bases, new("broken", new KNearestNeighbors(0))], [1, 1, 0], vote);
        return two.Fit(given.Data, Seed.Of(seed)).Equals(broken.Fit(given.Data, Seed.Of(seed)));
    }

    [Property]
    public bool A_hard_vote_counts_classes(ClassesCase given, int seed)
    {
        var model = (VotingModel)(Three with { Vote = VotingRule.Hard, Weights = [3, 2, 2] }).FitModel(given.Data, Seed.Of(seed)).OrThrow();
        var predicted = (Prediction.Probabilities)model.Predict(given.Data.Frame).OrThrow();
        var codes = model.Members.Select(member => ((Prediction.Probabilities)member.Predict(given.Data.Frame).OrThrow()).Codes())
            .ToArray();
        return Enumerable.Range(0, predicted.Count).All(row => Enumerable.Range(0, predicted.Levels.Count).All(level =>
            Math.Abs(predicted.Row(row)[level] - Enumerable.Range(0, 3).Sum(m => codes[m][row] == level ? (m == 0 ? 3 : 2) : 0) / 7.0)
                < 1e-12));
    }

    [Property]
    public bool Threads_change_nothing_and_neither_does_another_voters_presence(ClassesCase given, int seed)
    {
        var model = (VotingModel)Three.FitModel(given.Data, Seed.Of(seed)).OrThrow();
        var two = (VotingModel)(Three with { Bases = [Three.Bases[2], Three.Bases[0]] }).FitModel(given.Data, Seed.Of(seed)).OrThrow();
        return Executor.Threads(2).Fit(Three, given.Data, Seed.Of(seed)).OrThrow().Model.Equals(model)
            && two.Members == EquatableArray.Of(model.Members[2], model.Members[0]);
    }

    [Fact]
    public void Bad_parameters_bad_data_and_failing_voters_are_reported()
    {
        var data = Sample.Classes(1, 10, 2, 2);
        foreach (var (spec, rows, failure) in new[]
        {
            (new Voting(), data, ("voting", "there are no voters")),
            (Voting.Of(("a", new Majority()), ("a", new DecisionTree())), data, ("voting", "bases names 'a' twice")),
            (Three with { Weights = [1, 2] }, data, ("voting", "there are 2 weights for 3 voters")),
            (Three with { Weights = [0, 0, 0] }, data, ("voting", "weights is [0, 0, 0]")),
            (Three with { Weights = [1, -1, 1] }, data, ("voting", "weights is [1, -1, 1]")),
            (Three with { Vote = VotingRule.Hard }, Sample.Numbers(1, 10, 2),
                ("voting", "a hard vote needs a target of classes, but the target is numeric")),
            (Voting.Of(("far", new KNearestNeighbors(0))), data, ("far: knn", "k is 0")),
        })
        {
            Assert.Equal(failure, (Sample.Failure(spec, rows).Where, Sample.Failure(spec, rows).What));
            Assert.Equal(spec.Fit(rows, Seed.Of(1)), Executor.Threads(2).Fit(spec, rows, Seed.Of(1)));
        }
    }
}
