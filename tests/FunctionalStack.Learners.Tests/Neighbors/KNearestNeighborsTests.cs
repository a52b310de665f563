using FsCheck.Xunit;
using Xunit;
using Xunit.Abstractions;

namespace FunctionalStack.Learners.Tests;

public class KNearestNeighborsTests(ITestOutputHelper output)
{
    [Property(MaxTest = 60)]
    public void Neighbours_are_those_of_the_definition(int seed)
    {
        var stream = Seed.Of(seed).Stream();
        var (rows, columns, k) = (1 + stream.Next(600), 1 + stream.Next(20), 1 + stream.Next(9));
        if (k > rows) k = rows;
        var (train, queries) = stream.Next(2) == 0
            ? (Sample.Grid(seed, rows, columns, 3), Sample.Grid(seed + 1, 17, columns, 3).Frame)
            : (Sample.Classes(seed, rows, columns, 3), Sample.Classes(seed + 1, 17, columns, 3).Frame);
        AgreesWithDefinition(train, queries, k);
    }

    [Property(MaxTest = 60)]
    public void Neighbours_are_those_of_the_definition_on_columns_of_any_scale_and_place(int seed)
    {
        // Cancellation, overflow and underflow in single precision, and in double too at the ends.
        var stream = Seed.Of(seed).Fork("scales").Stream();
        var scales = Enumerable.Range(0, 4).Select(_ => Math.Pow(10, stream.Next(2) == 0 ? stream.Next(17) - 8 : stream.Next(601) - 300)).ToArray();
        var places = Enumerable.Range(0, 4).Select(c => stream.Next(3) == 0 ? 0 : scales[c] * Math.Pow(10, stream.Next(8))).ToArray();
        var data = Sample.Classes(seed, 300, 4, 3);
        var train = data.WithFrame(Sample.Mapped(data.Frame, (c, cell) => cell * scales[c] + places[c]));
        var farther = Math.Pow(10, stream.Next(30));
        var queries = Sample.Mapped(Sample.Classes(seed + 1, 13, 4, 3).Frame, (c, cell) => Math.Clamp(cell * scales[c] * farther, -1e307, 1e307) + places[c]);
        AgreesWithDefinition(train, queries, 5);
    }

    [Fact]
    public void Neighbours_are_those_of_the_definition_for_more_queries_than_a_chunk()
    {
        AgreesWithDefinition(Sample.Classes(5, 300, 3, 4), Sample.Classes(6, 3100, 3, 4).Frame, 7);
    }

    [Property(MaxTest = 30)]
    public void Moving_all_points_alike_changes_nothing(int seed, sbyte by)
    {
        var data = Sample.Grid(seed, 100, 3, 3);
        var queries = Sample.Grid(seed + 1, 20, 3, 3).Frame;
        var moved = new KNearestNeighbors().Model(data.WithFrame(Sample.Mapped(data.Frame, (_, cell) => cell + by)));
        Assert.Equal(new KNearestNeighbors().Model(data).Predict(queries), moved.Predict(Sample.Mapped(queries, (_, cell) => cell + by)));
    }

    [Property(MaxTest = 30)]
    public void The_order_of_columns_changes_nothing(int seed)
    {
        var data = Sample.Grid(seed, 100, 5, 3);
        var queries = Sample.Grid(seed + 1, 20, 5, 3).Frame;
        Assert.Equal(new KNearestNeighbors().Model(data).Predict(queries), new KNearestNeighbors().Model(data.WithFrame(Sample.Reversed(data.Frame))).Predict(queries));
    }

    [Property(MaxTest = 30)]
    public void Unit_weights_are_no_weights(int seed)
    {
        var data = Sample.Classes(seed, 40, 3, 3);
        Assert.Equal(new KNearestNeighbors().Model(data), new KNearestNeighbors().Model(data.WithWeights(Sample.Ones(40))));
    }

    [Property(MaxTest = 30)]
    public void Rows_of_weight_0_might_as_well_be_absent(int seed)
    {
        var data = Sample.Classes(seed, 40, 3, 3);
        var weights = Values.From(Enumerable.Range(0, 40).Select(row => row % 3 == 0 ? 0.0 : row));
        var kept = Values.From(Enumerable.Range(0, 40).Where(row => row % 3 != 0));
        Assert.Equal(new KNearestNeighbors().Model(data.WithWeights(weights).Take(kept)), new KNearestNeighbors().Model(data.WithWeights(weights)));
    }

    [Fact]
    public void Votes_are_weighted()
    {
        var data = new Dataset(Sample.Columns([0, 1, 5]), new Roles(Target.Classes.Of("a", "b", "b"), Values.Of(3.0, 1.0, 9.0)));
        Assert.Equal([0.75, 0.25], Sample.Numbers(new KNearestNeighbors(2).Model(data).Predict(Sample.Columns([0.4]))));
        Assert.Equal([7.0], Sample.Numbers(new KNearestNeighbors(2).Model(data.WithTarget(new Target.Values(Values.Of(4.0, 16.0, 0.0)))).Predict(Sample.Columns([0.4]))));
    }

    [Fact]
    public void Of_equally_far_rows_the_earlier_is_nearer()
    {
        var data = new Dataset(Sample.Columns([1, -1, 1, -1]), Target.Classes.Of("d", "c", "b", "a"));
        Assert.Equal([0.0, 0, 0, 1], Sample.Numbers(new KNearestNeighbors(1).Model(data).Predict(Sample.Columns([0]))));
        Assert.Equal([0.0, 0, 0.5, 0.5], Sample.Numbers(new KNearestNeighbors(2).Model(data).Predict(Sample.Columns([0]))));
    }

    [Fact]
    public void A_level_without_rows_gets_0()
    {
        var data = new Dataset(Sample.Columns([1, 2, 3]), new Target.Classes(Values.Of("a", "b", "c"), Values.Of(0, 2, 2)));
        var p = (Prediction.Probabilities)new KNearestNeighbors(3).Model(data).Predict(Sample.Columns([0]));
        Assert.Equal(Values.Of("a", "b", "c"), p.Levels);
        Assert.Equal(0, p.Row(0)[1]);
        Sample.RowsSumToOne(p);
    }

    [Fact]
    public void Agrees_with_scikit_learn_on_iris() => Compare(Peer.Iris());

    [Fact]
    public void Agrees_with_scikit_learn_on_breast_cancer() => Compare(Peer.Shared("breast_cancer", "target", 14, output));

    [Fact]
    public void Agrees_with_scikit_learn_on_digits() => Compare(Peer.Shared("digits", "digit", 45, output));

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void A_k_below_1_fails(int k)
    {
        var failure = Sample.Failure(new KNearestNeighbors(k), Sample.Classes(1, 10, 2, 2));
        Assert.Equal(new Failure("knn", $"k is {k}", "Give a k of at least 1."), failure);
    }

    [Fact]
    public void More_neighbours_than_rows_fails()
    {
        var failure = Sample.Failure(new KNearestNeighbors(), Sample.Classes(1, 4, 2, 2));
        Assert.Contains("only 4 training rows", failure.What);
        Assert.Equal("Ask for at most 4.", failure.Mend);
    }

    [Fact]
    public void Rows_of_weight_0_are_no_neighbours_to_ask_for() =>
        Assert.Equal("Ask for at most 1.", Sample.Failure(new KNearestNeighbors(2), Sample.Classes(1, 2, 2, 2).WithWeights(Values.Of(0.0, 1.0))).Mend);

    [Fact]
    public void No_row_of_positive_weight_fails() =>
        Assert.Contains("no training rows", Sample.Failure(new KNearestNeighbors(1), Sample.Classes(1, 2, 2, 2).WithWeights(Values.Of(0.0, 0.0))).What);

    [Fact]
    public void A_value_that_is_not_finite_fails() =>
        Assert.Equal("target, row 2", Sample.Failure(new KNearestNeighbors(1), new(Sample.Columns([1, 2]), new Target.Values(Values.Of(1.0, double.NaN)))).Where);

    [Fact]
    public void Words_and_missing_values_fail()
    {
        Assert.Contains("categories", Sample.Failure(new KNearestNeighbors(1), new(Frame.Of(("w", Column.Categorical.Of("a", "b"))), Target.Classes.Of("a", "b"))).What);
        Assert.Contains("missing", Sample.Failure(new KNearestNeighbors(1), new(Sample.Columns([1, double.NaN]), Target.Classes.Of("a", "b"))).What);
    }

    private static void Compare(Peer? peer)
    {
        // Shares of 5 votes are exact but for the last bit.
        peer?.Agrees(new KNearestNeighbors().Model(peer.Train), "knn", 1e-12);
    }

    private static void AgreesWithDefinition(Dataset train, Frame queries, int k)
    {
        // Each row votes for itself, so that the prediction names the neighbours.
        var rows = FeatureMatrix.Of(train.Frame).OrThrow();
        var asked = FeatureMatrix.Of(queries).OrThrow();
        var itself = new Target.Classes(Values.From(Enumerable.Range(0, rows.RowCount).Select(row => $"{row}")), Values.Range(rows.RowCount));
        var found = (Prediction.Probabilities)new KNearestNeighbors(k).Model(train.WithTarget(itself)).Predict(queries);
        for (var i = 0; i < asked.RowCount; i++)
        {
            var expected = Enumerable.Range(0, rows.RowCount).OrderBy(row => Distance(rows.Row(row), asked.Row(i))).Take(k).Order();
            Assert.Equal(expected, Enumerable.Range(0, rows.RowCount).Where(row => found.Row(i)[row] > 0));
        }
    }

    private static double Distance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var c = 0; c < a.Length; c++) sum += (a[c] - b[c]) * (a[c] - b[c]);
        return sum;
    }
}
