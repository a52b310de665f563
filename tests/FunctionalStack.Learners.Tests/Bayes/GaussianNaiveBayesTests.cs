using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Learners.Tests;

public class GaussianNaiveBayesTests
{
    private static readonly GaussianNaiveBayes Bayes = new();

    [Property(MaxTest = 30)]
    public void Rows_sum_to_1(int seed) =>
        Sample.RowsSumToOne(Bayes.Model(Sample.Classes(seed, 30, 4, 3)).Predict(Sample.Classes(seed + 1, 20, 4, 3).Frame).OrThrow());

    [Property(MaxTest = 30)]
    public void Unit_weights_are_no_weights(int seed)
    {
        var data = Sample.Classes(seed, 40, 3, 3);
        Assert.Equal(Bayes.Model(data), Bayes.Model(data.WithFrequencies(Sample.Ones(40))));
    }

    [Property(MaxTest = 30)]
    public void A_weight_of_2_is_the_row_twice(int seed)
    {
        var data = Sample.Classes(seed, 40, 3, 3);
        var (weights, repeated) = Sample.OnceOrTwice(seed, 40);
        Sample.Close(Bayes.Model(data.Take(repeated)).Predict(data.Frame).OrThrow(),
            Bayes.Model(data.WithFrequencies(weights)).Predict(data.Frame).OrThrow(), 1e-9);
    }

    [Property(MaxTest = 30)]
    public void Rows_of_weight_0_might_as_well_be_absent(int seed)
    {
        var data = Sample.Classes(seed, 40, 3, 3);
        var weights = EquatableArray.From(Enumerable.Range(0, 40).Select(row => row % 3 == 0 ? 0.0 : row));
        var kept = EquatableArray.From(Enumerable.Range(0, 40).Where(row => row % 3 != 0));
        Assert.Equal(Bayes.Model(data.WithFrequencies(weights).Take(kept)), Bayes.Model(data.WithFrequencies(weights)));
    }

    [Property(MaxTest = 30)]
    public void The_order_of_columns_changes_nothing(int seed)
    {
        var data = Sample.Classes(seed, 40, 4, 3);
        Sample.Close(Bayes.Model(data).Predict(data.Frame).OrThrow(),
            Bayes.Model(data.WithFrame(Sample.Reversed(data.Frame))).Predict(data.Frame).OrThrow(), 1e-9);
    }

    [Property(MaxTest = 30)]
    public void Moving_and_scaling_all_columns_alike_changes_nothing(int seed)
    {
        // All alike, because smoothing compares the columns' variances.
        var data = Sample.Classes(seed, 40, 3, 3);
        var moved = data.WithFrame(Sample.Mapped(data.Frame, (_, cell) => 1e-6 * cell + 3));
        Sample.Close(Bayes.Model(data).Predict(data.Frame).OrThrow(), Bayes.Model(moved).Predict(moved.Frame).OrThrow(), 1e-6);
    }

    [Fact]
    public void Follows_the_definition()
    {
        // Class a: 0 and 2, mean 1, variance 1. Class b: 10 and 16, mean 13, variance 9. All: mean 7, variance 41.
        var data = new Dataset(Sample.Columns([0, 2, 10, 16]), Target.Classes.Of("a", "a", "b", "b"));
        var (a, b) = (1 + 0.5 * 41, 9 + 0.5 * 41);
        var (forA, forB) = (Math.Exp(-4 / (2 * a)) / Math.Sqrt(a), Math.Exp(-100 / (2 * b)) / Math.Sqrt(b));
        var found = Sample.Numbers(new GaussianNaiveBayes(0.5).Model(data).Predict(Sample.Columns([3])).OrThrow());
        Assert.Equal(forA / (forA + forB), found[0], 1e-14);
    }

    [Fact]
    public void Constant_columns_alone_leave_the_class_shares()
    {
        var data = new Dataset(Sample.Columns([0.1, 0.1, 0.1], [7, 7, 7]), Target.Classes.Of("a", "b", "b"));
        var found = Sample.Numbers(Bayes.Model(data).Predict(Sample.Columns([0.1, 5], [7, -1])).OrThrow());
        Assert.Equal([1 / 3.0, 2 / 3.0, 1 / 3.0, 2 / 3.0], found, Within(1e-15));
    }

    [Fact]
    public void A_row_beyond_all_densities_gets_the_class_shares()
    {
        var data = new Dataset(Sample.Columns([0, 1, 2, 3]), Target.Classes.Of("a", "b", "b", "b"));
        Assert.Equal([0.25, 0.75], Sample.Numbers(Bayes.Model(data).Predict(Sample.Columns([1e200])).OrThrow()));
    }

    [Fact]
    public void A_level_without_rows_gets_0()
    {
        var data = new Dataset(Sample.Columns([1, 2, 3]), new Target.Classes(EquatableArray.Of("a", "b", "c"), EquatableArray.Of(0, 2, 2)));
        var p = (Prediction.Probabilities)Bayes.Model(data).Predict(Sample.Columns([0, 2])).OrThrow();
        Assert.Equal(3, p.Levels.Count);
        Assert.Equal(0, p.Row(1)[1]);
        Sample.RowsSumToOne(p);
    }

    [Fact]
    public void No_columns_leave_the_class_shares()
    {
        var data = new Dataset(Frame.Empty(2), Target.Classes.Of("a", "b"));
        Assert.Equal([0.5, 0.5], Sample.Numbers(Bayes.Model(data).Predict(Frame.Empty(1)).OrThrow()));
    }

    [Fact]
    public void Agrees_with_scikit_learn_on_iris() => Compare(Peer.Iris());

    [SharedFact("breast_cancer/breast_cancer.csv")]
    public void Agrees_with_scikit_learn_on_breast_cancer() => Compare(Peer.Shared("breast_cancer", "target", 14));

    [SharedFact("digits/digits.csv")]
    public void Agrees_with_scikit_learn_on_digits() => Compare(Peer.Shared("digits", "digit", 45));

    [Fact]
    public void A_numeric_target_fails() => Assert.Contains("target is numeric", Sample.Failure(Bayes, Sample.Numbers(1, 5, 2)).What);

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_smoothing_that_is_not_positive_fails(double smoothing) =>
        Assert.Equal($"varSmoothing is {smoothing}", Sample.Failure(new GaussianNaiveBayes(smoothing), Sample.Classes(1, 5, 2, 2)).What);

    [Fact]
    public void No_rows_fail() => Assert.Contains("no training rows", Sample.Failure(Bayes, Sample.Classes(1, 5, 2, 2).Take(default)).What);

    // Densities of up to 64 columns multiply, and scikit-learn rounds its variances in another order.
    private static void Compare(Peer peer) => peer.Agrees(Bayes.Model(peer.Train), "naiveBayes", 1e-6);

    private static Func<double, double, bool> Within(double tolerance) => (a, b) => Math.Abs(a - b) <= tolerance;
}
