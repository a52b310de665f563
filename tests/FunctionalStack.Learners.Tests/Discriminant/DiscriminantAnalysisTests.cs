using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Learners.Tests;

public class DiscriminantAnalysisTests
{
    private static readonly ILearner[] All =
    [
        new LinearDiscriminantAnalysis(),
        new LinearDiscriminantAnalysis(0.4, Priors.Equal),
        new QuadraticDiscriminantAnalysis(Pooling: 0.3),
        new QuadraticDiscriminantAnalysis(Shrinkage: 0.2, Priors: Priors.Equal),
    ];

    [Property(MaxTest = 30)]
    public void Weights_are_repetitions(int seed) => Each(learner => Check.Weights(learner, Sample.Classes(seed, 60, 3, 3), seed, 1e-8));

    [Property(MaxTest = 30)]
    public void The_order_of_rows_and_columns_changes_nothing(int seed) =>
        Each(learner => Check.Order(learner, Sample.Classes(seed, 60, 4, 3), 1e-8));

    [Property(MaxTest = 30)]
    public void The_units_of_columns_change_nothing_not_even_shrunk(int seed) =>
        Each(learner => Check.Units(learner, Sample.Classes(seed, 60, 4, 3), 1e-6));

    [Property(MaxTest = 30)]
    public void Columns_that_are_combinations_of_others_change_nothing(int seed)
    {
        var data = Sample.Classes(seed, 80, 3, 3);
        var cells = FeatureMatrix.Of(data.Frame).OrThrow();
        Column Of(Func<ReadOnlySpan<double>, double> make) =>
            Column.Numeric.Of([.. Enumerable.Range(0, 80).Select(row => make(cells.Row(row)))]);
        var more = data.Frame.With("copy", Of(row => 1000 * row[0])).With("sum", Of(row => row[0] - 0.3 * row[1] + 7));
        foreach (var learner in new ILearner[] { new LinearDiscriminantAnalysis(), new QuadraticDiscriminantAnalysis(),
            new QuadraticDiscriminantAnalysis(Pooling: 0.3) })
        {
            Sample.Close(learner.Model(data).Predict(data.Frame).OrThrow(), learner.Model(data.WithFrame(more)).Predict(more).OrThrow(),
                1e-9);
        }
    }

    [Property(MaxTest = 100)]
    public void Anything_gets_an_outcome(int seed) => Each(learner => Check.Anything(learner, seed, classes: true));

    [Property(MaxTest = 30)]
    public void Wholly_pooled_quadratic_analysis_is_the_linear_one(int seed)
    {
        var data = Sample.Classes(seed, 60, 4, 3);
        Sample.Close(
            new LinearDiscriminantAnalysis(0.1).Model(data).Predict(data.Frame).OrThrow(),
            new QuadraticDiscriminantAnalysis(0.1, Pooling: 1).Model(data).Predict(data.Frame).OrThrow(),
            1e-9);
    }

    [Property(MaxTest = 30)]
    public void Wholly_shrunk_linear_analysis_goes_to_the_nearest_mean(int seed)
    {
        // Columns of one deviation; with equal priors what is left is the distance to the class means.
        var data = Sample.Classes(seed, 60, 2, 2);
        data = data.WithFrame(new Preprocessing.Standardize().Fit(data, Seed.Of(1)).OrThrow().TrainView);
        var cells = FeatureMatrix.Of(data.Frame).OrThrow();
        var codes = ((Target.Classes)data.Target).Codes;
        var means = Enumerable.Range(0, 2)
            .Select(k =>
                Enumerable.Range(0, 2).Select(c => Enumerable.Range(0, 60).Where(i => codes[i] == k).Average(i => cells.Row(i)[c]))
                    .ToArray()).ToArray();
        var found = (Prediction.Probabilities)new LinearDiscriminantAnalysis(1, Priors.Equal).Model(data).Predict(data.Frame).OrThrow();
        for (var i = 0; i < 60; i++)
        {
            var distances = means.Select(mean => Math.Pow(mean[0] - cells.Row(i)[0], 2) + Math.Pow(mean[1] - cells.Row(i)[1], 2)).ToArray();
            if (Math.Abs(distances[0] - distances[1]) > 1e-9) Assert.Equal(distances[0] < distances[1] ? 0 : 1, found.Codes()[i]);
        }
    }

    [Fact]
    public void Quadratic_analysis_follows_the_definition()
    {
        // Class a: 0 and 2, mean 1, variance 1. Class b: 10 and 16, mean 13, variance 9.
        var data = new Dataset(Sample.Columns([0, 2, 10, 16]), Target.Classes.Of("a", "a", "b", "b"));
        var (forA, forB) = (Math.Exp(-16 / 2.0), Math.Exp(-64 / 18.0) / 3);
        Assert.Equal(forA / (forA + forB),
            Sample.Numbers(new QuadraticDiscriminantAnalysis().Model(data).Predict(Sample.Columns([5])).OrThrow())[0], 1e-9);
    }

    [Fact]
    public void Linear_analysis_follows_the_definition()
    {
        // Means 1 and 13, a variance of 5 within classes; a row at 5 is 4 from one and 8 from the other.
        var data = new Dataset(Sample.Columns([0, 2, 10, 16]), Target.Classes.Of("a", "a", "b", "b"));
        Assert.Equal(1 / (1 + Math.Exp((16 - 64) / 10.0)),
            Sample.Numbers(new LinearDiscriminantAnalysis().Model(data).Predict(Sample.Columns([5])).OrThrow())[0], 1e-9);
    }

    [Fact]
    public void Columns_that_are_constant_within_classes_separate_them()
    {
        var data = new Dataset(Sample.Columns([1, 1, 1, 2, 2], [5, 6, 7, 6, 5]), Target.Classes.Of("a", "a", "a", "b", "b"));
        Each(learner =>
            Assert.Equal([0, 0, 0, 1, 1], ((Prediction.Probabilities)learner.Model(data).Predict(data.Frame).OrThrow()).Codes()));
    }

    [Fact]
    public void A_level_without_rows_gets_0_and_equal_priors_go_to_the_others()
    {
        var data = new Dataset(Sample.Columns([7, 7, 7]), new Target.Classes(EquatableArray.Of("a", "b", "c"), EquatableArray.Of(0, 2, 2)));
        Assert.Equal([1 / 3.0, 0, 2 / 3.0],
            Sample.Numbers(new LinearDiscriminantAnalysis().Model(data).Predict(Sample.Columns([7])).OrThrow())
            .Select(p => Math.Round(p, 12)), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([0.5, 0, 0.5],
            Sample.Numbers(new QuadraticDiscriminantAnalysis(Priors: Priors.Equal).Model(data).Predict(Sample.Columns([7])).OrThrow()),
            (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void A_class_of_few_rows_is_noted_unless_regularized()
    {
        var data = Sample.Classes(1, 20, 4, 2).Take(EquatableArray.From(Enumerable.Range(0, 20)))
            .WithTarget(Target.Classes.Of([.. Enumerable.Range(0, 20).Select(i => i < 3 ? "few" : "many")]));
        Assert.Contains("class 'few' has 3 rows for 4 columns",
            new QuadraticDiscriminantAnalysis().Fit(data, Seed.Of(1)).Notes.Single().What);
        Assert.Empty(new QuadraticDiscriminantAnalysis(Pooling: 0.1).Fit(data, Seed.Of(1)).Notes);
    }

    [Fact]
    public void Agrees_with_scikit_learn_on_iris() => Compare(Peer.Iris());

    [SharedFact("breast_cancer/breast_cancer.csv")]
    public void Agrees_with_scikit_learn_on_breast_cancer() => Compare(Peer.Shared("breast_cancer", "target", 14));

    [SharedFact("digits/digits.csv")]
    public void Agrees_with_scikit_learn_on_digits() => Compare(Peer.Shared("digits", "digit", 45));

    [Fact]
    public void A_numeric_target_fails() =>
        Each(learner => Assert.Contains("target is numeric", Sample.Failure(learner, Sample.Numbers(1, 5, 2)).What));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_fraction_out_of_0_to_1_fails(double part)
    {
        Assert.Equal($"shrinkage is {part}", Sample.Failure(new LinearDiscriminantAnalysis(part), Sample.Classes(1, 9, 2, 2)).What);
        Assert.Equal($"shrinkage is {part}", Sample.Failure(new QuadraticDiscriminantAnalysis(part), Sample.Classes(1, 9, 2, 2)).What);
        Assert.Equal($"pooling is {part}",
            Sample.Failure(new QuadraticDiscriminantAnalysis(Pooling: part), Sample.Classes(1, 9, 2, 2)).What);
    }

    private static void Each(Action<ILearner> check) => Array.ForEach(All, check);

    // Peer's columns are standardized, where scikit-learn shrinks as we do.
    private static void Compare(Peer peer)
    {
        peer.Agrees(new LinearDiscriminantAnalysis().Model(peer.Train), "lda", 1e-6);
        peer.Agrees(new LinearDiscriminantAnalysis(0.3).Model(peer.Train), "ldaShrunk", 1e-9);
        peer.Agrees(new QuadraticDiscriminantAnalysis(0.1).Model(peer.Train), "qdaShrunk", 1e-9);
    }
}
