using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Learners.Tests;

public class KNearestNeighborsTests
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
        var scales = Enumerable.Range(0, 4).Select(_ => Math.Pow(10, stream.Next(2) == 0 ? stream.Next(17) - 8 : stream.Next(601) - 300))
            .ToArray();
        var places = Enumerable.Range(0, 4).Select(c => stream.Next(3) == 0 ? 0 : scales[c] * Math.Pow(10, stream.Next(8))).ToArray();
        var data = Sample.Classes(seed, 300, 4, 3);
        var train = data.WithFrame(Sample.Mapped(data.Frame, (c, cell) => cell * scales[c] + places[c]));
        var farther = Math.Pow(10, stream.Next(30));
        var queries =
            Sample.Mapped(Sample.Classes(seed + 1, 13, 4, 3).Frame,
                (c, cell) => Math.Clamp(cell * scales[c] * farther, -1e307, 1e307) + places[c]);
        AgreesWithDefinition(train, queries, 5);
    }

    [Property(MaxTest = 30)]
    public void Neighbours_are_those_of_the_definition_within_clusters_far_apart(int seed, byte apart)
    {
        // Within a cluster distances are tiny compared with the norms: single precision cannot distinguish the rows.
        var data = Sample.Classes(seed, 300, 4, 3, Math.Pow(10, apart % 9));
        AgreesWithDefinition(data, Sample.Mapped(data.Frame.Take(EquatableArray.Range(20)), (c, cell) => cell + 0.1 * c), 5);
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
        Assert.Equal(new KNearestNeighbors().Model(data).Predict(queries).OrThrow(),
            moved.Predict(Sample.Mapped(queries, (_, cell) => cell + by)).OrThrow());
    }

    [Property(MaxTest = 30)]
    public void The_order_of_columns_changes_nothing(int seed)
    {
        var data = Sample.Grid(seed, 100, 5, 3);
        var queries = Sample.Grid(seed + 1, 20, 5, 3).Frame;
        Assert.Equal(new KNearestNeighbors().Model(data).Predict(queries).OrThrow(),
            new KNearestNeighbors().Model(data.WithFrame(Sample.Reversed(data.Frame))).Predict(queries).OrThrow());
    }

    [Property(MaxTest = 30)]
    public void Unit_weights_are_no_weights(int seed)
    {
        var data = Sample.Classes(seed, 40, 3, 3);
        Assert.Equal(new KNearestNeighbors().Model(data), new KNearestNeighbors().Model(data.WithFrequencies(Sample.Ones(40))));
    }

    [Property(MaxTest = 30)]
    public void Rows_of_weight_0_might_as_well_be_absent(int seed)
    {
        var data = Sample.Classes(seed, 40, 3, 3);
        var weights = EquatableArray.From(Enumerable.Range(0, 40).Select(row => row % 3 == 0 ? 0.0 : row));
        var kept = EquatableArray.From(Enumerable.Range(0, 40).Where(row => row % 3 != 0));
        Assert.Equal(new KNearestNeighbors().Model(data.WithFrequencies(weights).Take(kept)),
            new KNearestNeighbors().Model(data.WithFrequencies(weights)));
    }

    [Fact]
    public void Votes_are_weighted()
    {
        var data = new Dataset(Sample.Columns([0, 1, 5]), new Roles(Target.Classes.Of("a", "b", "b"), EquatableArray.Of(3.0, 1.0, 9.0)));
        Assert.Equal([0.75, 0.25], Sample.Numbers(new KNearestNeighbors(4).Model(data).Predict(Sample.Columns([0.4])).OrThrow()));
        Assert.Equal([7.0],
            Sample.Numbers(new KNearestNeighbors(4).Model(data.WithTarget(new Target.Numeric(EquatableArray.Of(4.0, 16.0, 0.0))))
            .Predict(Sample.Columns([0.4])).OrThrow()));

        // The first row is three neighbours by itself; of the last, only the remaining weight is used.
        Assert.Equal([1.0, 0], Sample.Numbers(new KNearestNeighbors(2).Model(data).Predict(Sample.Columns([0.4])).OrThrow()));
        Assert.Equal([0.3, 0.7], Sample.Numbers(new KNearestNeighbors(10).Model(data).Predict(Sample.Columns([0.4])).OrThrow()));
    }

    [Fact]
    public void Rows_equally_far_share_what_is_left()
    {
        var data = new Dataset(Sample.Columns([1, -1, 1, -1]), Target.Classes.Of("d", "c", "b", "a"));
        Assert.Equal([0.25, 0.25, 0.25, 0.25], Sample.Numbers(new KNearestNeighbors(1).Model(data).Predict(Sample.Columns([0])).OrThrow()));
        Assert.Equal([0.375, 0.125, 0.375, 0.125],
            Sample.Numbers(new KNearestNeighbors(2).Model(data.WithFrequencies([1, 3, 1, 3])).Predict(Sample.Columns([0])).OrThrow()));
    }

    /// <summary>A thousand neighbours are a few rows if rows have that much weight: nothing is stored per neighbour.</summary>
    [Fact]
    public void A_k_far_above_the_number_of_rows_is_one_of_weights()
    {
        var data = new Dataset(Sample.Columns([1, 2, 3]), Target.Classes.Of("a", "b", "b")).WithFrequencies([1e9, 1e9, 5e8]);
        var shares =
            Sample.Numbers(new KNearestNeighbors(1_500_000_000).Model(data).Predict(Sample.Columns([.. Enumerable.Repeat(0.0, 1000)]))
                .OrThrow());
        Assert.Equal(2 / 3.0, shares[0], 1e-12);
    }

    [Fact]
    public void Many_ties_are_shared_by_all_of_them()
    {
        // More equal rows than a search looks for.
        var data =
            new Dataset(Sample.Columns([.. Enumerable.Range(0, 90).Select(row => row < 60 ? 1.0 : 5)]),
                Target.Classes.Of([.. Enumerable.Range(0, 90).Select(row => row % 3 == 0 ? "a" : "b")]));
        var shares = Sample.Numbers(new KNearestNeighbors(5).Model(data).Predict(Sample.Columns([0])).OrThrow());
        Assert.Equal(1.0 / 3, shares[0], 1e-12);
        Assert.Equal(2.0 / 3, shares[1], 1e-12);
    }

    [Theory]
    [InlineData(Distance.Minkowski, 1000)]
    [InlineData(Distance.Minkowski, 1)]
    [InlineData(Distance.Euclidean, 2)]
    [InlineData(Distance.Manhattan, 2)]
    [InlineData(Distance.Chebyshev, 2)]
    public void The_nearest_is_found_at_any_scale_and_power(Distance metric, double p)
    {
        foreach (var scale in new[] { 1e-320, 1e-300, 1e-170, 1e-9, 1, 1e9, 1e170, 1e300, 3e307 })
        {
            var data =
                new Dataset(Sample.Columns([0.3 * scale, 0.2 * scale, -0.4 * scale, -5 * scale], [0, 0.1 * scale, 0, 0]),
                    Target.Classes.Of("a", "b", "c", "d"));
            foreach (var votes in Enum.GetValues<NeighborWeights>())
            {
                var found =
                    Sample.Numbers(new KNearestNeighbors(1, votes, metric, p).Model(data)
                        .Predict(Sample.Columns([0.19 * scale], [0.1 * scale])).OrThrow());
                Assert.Equal([0.0, 1, 0, 0], found);
            }
        }
    }

    [Fact]
    public void Means_of_targets_near_the_end_of_the_range_are_finite() =>
        Assert.Equal(
            [1.5e308],
            Sample.Numbers(new KNearestNeighbors(4)
                .Model(new(Sample.Columns([1, 2, 3, 4]), new Target.Numeric(EquatableArray.Of(1.5e308, 1.5e308, 1.5e308, 1.5e308))))
                .Predict(Sample.Columns([0])).OrThrow()));

    [Fact]
    public void A_level_without_rows_gets_0()
    {
        var data = new Dataset(Sample.Columns([1, 2, 3]), new Target.Classes(EquatableArray.Of("a", "b", "c"), EquatableArray.Of(0, 2, 2)));
        var p = (Prediction.Probabilities)new KNearestNeighbors(3).Model(data).Predict(Sample.Columns([0])).OrThrow();
        Assert.Equal(EquatableArray.Of("a", "b", "c"), p.Levels);
        Assert.Equal(0, p.Row(0)[1]);
        Sample.RowsSumToOne(p);
    }

    [Fact]
    public void Agrees_with_scikit_learn_on_iris() => Compare(Peer.Iris());

    [SharedFact("breast_cancer/breast_cancer.csv")]
    public void Agrees_with_scikit_learn_on_breast_cancer() => Compare(Peer.Shared("breast_cancer", "target", 14));

    [SharedFact("digits/digits.csv")]
    public void Agrees_with_scikit_learn_on_digits() => Compare(Peer.Shared("digits", "digit", 45));

    [Property(MaxTest = 40)]
    public void Neighbours_are_those_of_the_definition_of_each_metric(int seed)
    {
        var stream = Seed.Of(seed).Fork("metrics").Stream();
        var (rows, columns, k) = (5 + stream.Next(60), 1 + stream.Next(6), 1 + stream.Next(5));
        var train = Sample.Classes(seed, rows, columns, 2);
        var queries = Sample.Classes(seed + 1, 10, columns, 2).Frame;
        AgreesWithDefinition(train, queries, new(k, Metric: Distance.Manhattan), (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Sum());
        AgreesWithDefinition(train, queries, new(k, Metric: Distance.Chebyshev), (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max());
        AgreesWithDefinition(train, queries, new(k, Metric: Distance.Minkowski, P: 3),
            (a, b) => Math.Cbrt(a.Zip(b, (x, y) => Math.Pow(Math.Abs(x - y), 3)).Sum()));
        // Of one column all cosines are 1 or -1, and rounding would decide.
        if (columns > 1)
            AgreesWithDefinition(train, queries, new(k, Metric: Distance.Cosine),
                (a, b) => 1 - a.Zip(b, (x, y) => x * y).Sum() / Math.Sqrt(a.Sum(x => x * x) * b.Sum(x => x * x)));
    }

    [Fact]
    public void Votes_over_distance_are_weighted_and_rows_at_distance_0_outvote_all()
    {
        // Distances 1, 2 and 4 from 0; weights 1, 1 and 2, which is four neighbours.
        var data = new Dataset(Sample.Columns([1, -2, 4]), new Roles(Target.Classes.Of("a", "b", "c"), EquatableArray.Of(1.0, 1.0, 2.0)));
        var knn = new KNearestNeighbors(4, NeighborWeights.Distance);
        Assert.Equal([0.5, 0.25, 0.25], Sample.Numbers(knn.Model(data).Predict(Sample.Columns([0])).OrThrow()));
        Assert.Equal([0.0, 1, 0], Sample.Numbers(knn.Model(data).Predict(Sample.Columns([-2])).OrThrow()));
        Assert.Equal([1.0],
            Sample.Numbers(knn.Model(data.WithTarget(new Target.Numeric(EquatableArray.Of(1.0, 2.0, 0.0)))).Predict(Sample.Columns([0]))
            .OrThrow()));
    }

    [Fact]
    public void A_row_of_zeros_is_at_right_angles_to_all_but_rows_of_zeros()
    {
        var data = new Dataset(Sample.Columns([0, 1, 0], [0, 0, 2]), Target.Classes.Of("zero", "right", "up"));
        var knn = new KNearestNeighbors(2, NeighborWeights.Distance, Distance.Cosine);
        Assert.Equal([0.0, 0, 1], Sample.Numbers(knn.Model(data).Predict(Sample.Columns([0], [0])).OrThrow()));
        Assert.Equal([0.0, 1, 0], Sample.Numbers(knn.Model(data).Predict(Sample.Columns([0], [7])).OrThrow()));
    }

    [Property(MaxTest = 60)]
    public void Anything_gets_an_outcome(int seed)
    {
        foreach (var metric in Enum.GetValues<Distance>())
        {
            Check.Anything(new KNearestNeighbors(1, NeighborWeights.Distance, metric, 3), seed, classes: true);
            Check.Anything(new KNearestNeighbors(2, NeighborWeights.Distance, metric), seed, classes: false);
        }
    }

    private static void Compare(Peer peer)
    {
        // Shares of 5 votes are exact except for the last bit.
        peer.Agrees(new KNearestNeighbors().Model(peer.Train), "knn", 1e-12);
    }

    private static void AgreesWithDefinition(Dataset train, Frame queries, int k) =>
        AgreesWithDefinition(train, queries, new KNearestNeighbors(k), Squares);

    private static void AgreesWithDefinition(Dataset train, Frame queries, KNearestNeighbors knn, Func<double[], double[], double> distance)
    {
        // Each row votes for itself, so that the prediction names the neighbours.
        var rows = FeatureMatrix.Of(train.Frame).OrThrow();
        var asked = FeatureMatrix.Of(queries).OrThrow();
        var itself =
            new Target.Classes(EquatableArray.From(Enumerable.Range(0, rows.RowCount).Select(row => $"{row}")),
                EquatableArray.Range(rows.RowCount));
        var found = (Prediction.Probabilities)knn.Model(train.WithTarget(itself)).Predict(queries).OrThrow();
        for (var i = 0; i < asked.RowCount; i++)
        {
            var away = Enumerable.Range(0, rows.RowCount).Select(row => distance(rows.Row(row).ToArray(), asked.Row(i).ToArray()))
                .ToArray();
            var last = away.Order().ElementAt(knn.K - 1);
            // If rows differ only by rounding, they are at equal distance. This test does not decide which do.
            if (away.Any(one => one != last && Math.Abs(one - last) <= 1e-9 * last)) continue;
            var (nearer, equal) = (away.Count(one => one < last), away.Count(one => one == last));
            for (var row = 0; row < away.Length; row++)
            {
                var vote = away[row] < last ? 1 : away[row] == last ? (knn.K - nearer) / (double)equal : 0;
                Assert.Equal(vote / knn.K, found.Row(i)[row], 1e-9);
            }
        }
    }

    // In units of the greatest difference, so that no square is out of range.
    private static double Squares(double[] a, double[] b)
    {
        var greatest = a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
        if (greatest == 0) return 0;
        var unit = Math.ScaleB(1, Math.ILogB(greatest));
        var sum = 0.0;
        for (var c = 0; c < a.Length; c++) sum += (a[c] - b[c]) / unit * ((a[c] - b[c]) / unit);
        return unit * Math.Sqrt(sum);
    }
}
