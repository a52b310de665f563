using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Learners.Tests;

/// <summary>Naive Bayes on counts and on yes and no.</summary>
public class DiscreteNaiveBayesTests
{
    private static readonly ILearner[] All =
        [new MultinomialNaiveBayes(), new MultinomialNaiveBayes(0.1, Priors.Equal), new BernoulliNaiveBayes(),
            new BernoulliNaiveBayes(0.1, 1.5, Priors.Equal)];

    [Property(MaxTest = 30)]
    public void Weights_are_repetitions(int seed) => Each(learner => Check.Weights(learner, Sample.Grid(seed, 50, 4, 3), seed, 1e-9));

    [Property(MaxTest = 30)]
    public void The_order_of_rows_and_columns_changes_nothing(int seed) =>
        Each(learner => Check.Order(learner, Sample.Grid(seed, 50, 4, 3), 1e-9));

    [Property(MaxTest = 100)]
    public void Anything_gets_an_outcome(int seed) => Each(learner => Check.Anything(learner, seed, classes: true));

    [Property(MaxTest = 30)]
    public void Bernoulli_looks_at_yes_and_no_only(int seed)
    {
        var data = Sample.Grid(seed, 50, 4, 3);
        var other = data.WithFrame(Sample.Mapped(data.Frame, (c, cell) => cell > 1.5 ? 1e5 + c : -c));
        var bayes = new BernoulliNaiveBayes(Threshold: 1.5);
        Assert.Equal(bayes.Model(data).Predict(data.Frame).OrThrow(), bayes.Model(other).Predict(other.Frame).OrThrow());
    }

    [Fact]
    public void Multinomial_follows_the_definition()
    {
        // Manning, Raghavan & Schütze 2008, example 13.1: Chinese, Beijing, Shanghai, Macao, Tokyo, Japan; P(China | Chinese x 3, Tokyo,
        // Japan).
        var data = new Dataset(
            Sample.Columns([2, 2, 1, 1], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1]),
            Target.Classes.Of("China", "China", "China", "not"));
        var (china, not) = (3 / 4.0 * Math.Pow(3 / 7.0, 3) / 14 / 14, 1 / 4.0 * Math.Pow(2 / 9.0, 5));
        var found = Sample.Numbers(new MultinomialNaiveBayes().Model(data).Predict(Sample.Columns([3], [0], [0], [0], [1], [1])).OrThrow());
        Assert.Equal(china / (china + not), found[0], 1e-14);
    }

    [Fact]
    public void Bernoulli_follows_the_definition()
    {
        // The same book, example 13.2: the same documents, each word there or not.
        var data = new Dataset(
            Sample.Columns([2, 2, 1, 1], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 1]),
            Target.Classes.Of("China", "China", "China", "not"));
        var china = 3 / 4.0 * 4 / 5 * 1 / 5 * 1 / 5 * (1 - 2 / 5.0) * (1 - 2 / 5.0) * (1 - 2 / 5.0);
        var not = 1 / 4.0 * 2 / 3 * 2 / 3 * 2 / 3 * (1 - 1 / 3.0) * (1 - 1 / 3.0) * (1 - 1 / 3.0);
        var found = Sample.Numbers(new BernoulliNaiveBayes().Model(data).Predict(Sample.Columns([3], [0], [0], [0], [1], [1])).OrThrow());
        Assert.Equal(china / (china + not), found[0], 1e-14);
    }

    [Fact]
    public void A_level_without_rows_gets_0_and_equal_priors_go_to_the_others()
    {
        var data = new Dataset(Sample.Columns([7, 7, 7]), new Target.Classes(EquatableArray.Of("a", "b", "c"), EquatableArray.Of(0, 2, 2)));
        foreach (var learner in new ILearner[] { new MultinomialNaiveBayes(Priors: Priors.Equal), new MultinomialNaiveBayes() })
        {
            var p = Sample.Numbers(learner.Model(data).Predict(Sample.Columns([7])).OrThrow());
            Assert.Equal(0, p[1]);
            Assert.Equal(learner is MultinomialNaiveBayes { Priors: Priors.Shares } ? 1 / 3.0 : 0.5, p[0], 1e-12);
        }
    }

    [Fact]
    public void Agrees_with_scikit_learn_on_iris() => Compare(Peer.Iris());

    [SharedFact("breast_cancer/breast_cancer.csv")]
    public void Agrees_with_scikit_learn_on_breast_cancer() => Compare(Peer.Shared("breast_cancer", "target", 14));

    [SharedFact("digits/digits.csv")]
    public void Agrees_with_scikit_learn_on_digits() => Compare(Peer.Shared("digits", "digit", 45));

    [Fact]
    public void Negative_counts_fail_and_name_the_cell() =>
        Assert.Contains("column 'x0', training row 2",
            Sample.Failure(new MultinomialNaiveBayes(), new(Sample.Columns([1, -2]), Target.Classes.Of("a", "b"))).Where);

    [Fact]
    public void A_numeric_target_fails() =>
        Each(learner => Assert.Contains("target is numeric", Sample.Failure(learner, Sample.Numbers(1, 5, 2)).What));

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_alpha_that_is_not_positive_fails(double alpha)
    {
        Assert.Equal($"alpha is {alpha}", Sample.Failure(new MultinomialNaiveBayes(alpha), Sample.Grid(1, 9, 2, 2)).What);
        Assert.Equal($"alpha is {alpha}", Sample.Failure(new BernoulliNaiveBayes(alpha), Sample.Grid(1, 9, 2, 2)).What);
    }

    private static void Each(Action<ILearner> check) => Array.ForEach(All, check);

    private static void Compare(Peer peer)
    {
        peer.Agrees(new BernoulliNaiveBayes(0.5, 0.1).Model(peer.Train), "bernoulli", 1e-9);
        static Frame Squares(Frame frame) => Sample.Mapped(frame, (_, cell) => cell * cell);
        peer = peer with { Train = peer.Train.WithFrame(Squares(peer.Train.Frame)), Held = peer.Held.WithFrame(Squares(peer.Held.Frame)) };
        peer.Agrees(new MultinomialNaiveBayes(0.5).Model(peer.Train), "multinomial", 1e-9);
    }
}
