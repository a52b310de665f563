using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Preprocessing.Tests;

[Properties(Arbitrary = [typeof(Tables)], MaxTest = 60)]
public class WhitenTests
{
    private static readonly Dataset Known = Tables.Data(
        ("a", Column.Numeric.Of(2.5, 0.5, 2.2, 1.9, 3.1, 2.3)), ("s", Column.Categorical.Of("x", "y", "x", "y", "x", "y")),
        ("b", Column.Numeric.Of(2.4, 0.7, 2.9, 2.2, 3.0, 2.7)), ("c", Column.Numeric.Of(1, 3, -1, 0.5, 0, 2)));

    [Property]
    public void Whitened_columns_have_mean_0_and_the_identity_for_covariance(int number, bool zca)
    {
        var (data, seed) = (Mixed(number), Seed.Of(number));
        var view = new Whiten(zca ? Whitening.Zca : Whitening.Pca, 0).Fit(data, seed).OrThrow().TrainView;
        AssertWhite(view, data.RowCount);
    }

    [Property]
    public void Zca_stays_closer_to_the_original_than_pca_does(int number)
    {
        var data = new Standardize().Fit(Mixed(number), Seed.Of(1)).OrThrow().TrainView is var frame
            ? Mixed(number).WithFrame(frame) : null!;
        var zca = Distance(data.Frame, new Whiten(Whitening.Zca, 0).Fit(data, Seed.Of(1)).OrThrow().TrainView);
        Assert.True(zca <= Distance(data.Frame, new Whiten(Whitening.Pca, 0).Fit(data, Seed.Of(1)).OrThrow().TrainView) + 1e-9);
    }

    [Property]
    public void Whitening_what_is_zca_white_changes_nothing_but_rounding(int number)
    {
        var data = Mixed(number);
        var once = new Whiten(Whitening.Zca, 0).Fit(data, Seed.Of(1)).OrThrow().TrainView;
        Tables.AssertNear(once, new Whiten(Whitening.Zca, 0).Fit(data.WithFrame(once), Seed.Of(1)).OrThrow().TrainView, 1e-6);
    }

    [Property]
    public void Scaling_all_columns_alike_changes_nothing_but_rounding(int number)
    {
        var data = Mixed(number);
        foreach (var scale in new[] { 1e-120, 3.7, 1e100, 1e200 })
        {
            var scaled =
                new Frame(data.RowCount,
                    EquatableArray.From(data.Frame.Columns.Select(c =>
                    new NamedColumn(c.Name, Column.Numeric.Of([.. Tables.Of(data.Frame, c.Name).Select(x => x * scale)])))));
            foreach (var kind in new[] { Whitening.Pca, Whitening.Zca })
            {
                Tables.AssertNear(new Whiten(kind).Fit(data, Seed.Of(1)).OrThrow().TrainView,
                    new Whiten(kind).Fit(data.WithFrame(scaled), Seed.Of(1)).OrThrow().TrainView, 1e-6);
            }
        }
    }

    [Fact]
    public void Numbers_are_those_of_scikit_learn()
    {
        // PCA(whiten=True) of scikit-learn 1.2.1, signs by this library's rule, times sqrt(6 / 5) for the population covariance.
        var pca = new Whiten(Epsilon: 0).Fit(Known, Seed.Of(1)).OrThrow().TrainView;
        Assert.Equal(["pca1", "pca2", "pca3", "s"], pca.Names);
        AssertNear([-0.09384434771972816, 1.915862092763419, -1.148254043227578, -0.12498296667941731, -0.9209108399960093,
            0.37213010485931436], Tables.Of(pca, "pca1"));
        AssertNear([0.5762973113753418, -0.7897645552621605, -1.3200283357129492, -0.6788457083270995, 0.6625378756623674,
            1.5498034122645006], Tables.Of(pca, "pca2"));
        AssertNear([-1.0611987726103111, -0.288640588124925, 1.030460379410714, -0.10987153795425753, -1.1315722413534919,
            1.5608227606322824], Tables.Of(pca, "pca3"));
        Assert.Equal(pca.Select("pca1", "pca2", "s"), new Whiten(Epsilon: 0, Components: 2).Fit(Known, Seed.Of(1)).OrThrow().TrainView);
        // numpy: (X - mean) E diag(l)^-1/2 E' with l, E = eigh(cov(X.T, bias=True)).
        var zca = new Whiten(Whitening.Zca, 0).Fit(Known, Seed.Of(1)).OrThrow().TrainView;
        Assert.Equal(["a", "s", "b", "c"], zca.Names);
        AssertNear([1.0796039285656784, -1.1527004350705927, -1.0209194898474707, -0.3240891572904559, 1.5315231125841662,
            -0.11341795894133146], Tables.Of(zca, "a"));
        AssertNear([0.16656101096940804, 0.998413105311029, -1.599697394305207, -0.5223959373446185, -0.4394438879111401,
            1.3965631032805301], Tables.Of(zca, "c"));
    }

    [Fact]
    public void Directions_without_variance_become_0_and_not_noise()
    {
        var data = Tables.Data(
            ("a", Column.Numeric.Of(0.1, 0.2, 0.3, 7)), ("b", Column.Numeric.Of(0.3, 0.6, 0.9, 21)), ("k", Column.Numeric.Of(5, 5, 5, 5)));
        foreach (var epsilon in new[] { 0, 1e-5 })
        {
            var view = new Whiten(Epsilon: epsilon).Fit(data, Seed.Of(1)).OrThrow().TrainView;
            foreach (var name in new[] { "pca2", "pca3" }) Assert.All(Tables.Of(view, name), x => Assert.Equal(0, x));
        }

        var constant = Tables.Data(("k", Column.Numeric.Of(5, 5)));
        Assert.Equal([0, 0], Tables.Of(new Whiten(Whitening.Zca).Fit(constant, Seed.Of(1)).OrThrow().TrainView, "k"));
    }

    [Fact]
    public void Epsilon_damps_a_direction_by_its_share_of_the_widest()
    {
        var data = Tables.Data(("a", Column.Numeric.Of(-10, 10, -10, 10)), ("b", Column.Numeric.Of(-1, -1, 1, 1)));
        var view = new Whiten(Whitening.Zca, 0.01).Fit(data, Seed.Of(1)).OrThrow().TrainView;
        Assert.Equal(1 / 1.01, Tables.Of(view, "a").Average(x => x * x), 1e-12);
        Assert.Equal(1 / 2.0, Tables.Of(view, "b").Average(x => x * x), 1e-12);
    }

    [Fact]
    public void Weights_are_repeated_rows()
    {
        var weighted = new Whiten(Whitening.Zca).Fit(Known.WithFrequencies([2, 1, 0, 1, 3, 1]), Seed.Of(1)).OrThrow().Map;
        var several = new Whiten(Whitening.Zca).Fit(Known.Take([0, 0, 1, 3, 4, 4, 4, 5]), Seed.Of(1)).OrThrow().Map;
        Tables.AssertNear(several.Apply(Known.Frame).OrThrow(), weighted.Apply(Known.Frame).OrThrow(), 1e-9);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        Assert.Equal("epsilon is -1", Tables.FailureOf(new Whiten(Epsilon: -1).Fit(Known, Seed.Of(1))).What);
        Assert.Equal("components is 0", Tables.FailureOf(new Whiten(Components: 0).Fit(Known, Seed.Of(1))).What);
        Assert.Equal("Give 1 to 3.", Tables.FailureOf(new Whiten(Components: 4).Fit(Known, Seed.Of(1))).Remedy);
        Assert.Contains("ZCA keeps all", Tables.FailureOf(new Whiten(Whitening.Zca, Components: 2).Fit(Known, Seed.Of(1))).What);
        Assert.Equal("whiten, column 'a', row 2",
            Tables.FailureOf(new Whiten().Fit(Tables.Data(("a", Column.Numeric.Of(1, double.NaN))), Seed.Of(1))).Where);
        var taken = Tables.Data(("a", Column.Numeric.Of(1, 2)), ("pca1", Column.Categorical.Of("x", "y")));
        Assert.Equal("whiten, column 'pca1'", Tables.FailureOf(new Whiten().Fit(taken, Seed.Of(1))).Where);
    }

    // Correlated columns of unlike widths, of full rank.
    private static Dataset Mixed(int number)
    {
        var stream = Seed.Of(number).Stream();
        var width = 2 + stream.Next(3);
        var rows = 20 + stream.Next(20);
        var columns = Enumerable.Range(0, width).Select(_ => new double[rows]).ToArray();
        for (var i = 0; i < rows; i++)
        {
            var common = stream.NextNormal();
            for (var c = 0; c < width; c++) columns[c][i] = 10 + (c + 1) * (common + stream.NextNormal());
        }

        return Tables.Data([.. columns.Select((numbers, c) => ($"x{c}", (Column)Column.Numeric.Of(numbers)))]);
    }

    private static void AssertWhite(Frame frame, int rows)
    {
        var columns = frame.Names.Select(name => Tables.Of(frame, name)).ToArray();
        for (var i = 0; i < columns.Length; i++)
        {
            Assert.Equal(0, columns[i].Average(), 1e-10);
            for (var j = 0; j <= i; j++) Assert.Equal(i == j ? 1 : 0, columns[i].Zip(columns[j], (x, y) => x * y).Sum() / rows, 1e-9);
        }
    }

    private static double Distance(Frame left, Frame right) => left.Columns.Zip(right.Columns)
        .Sum(pair => Tables.Of(left, pair.First.Name).Zip(Tables.Of(right, pair.Second.Name), (x, y) => (x - y) * (x - y)).Sum());

    private static void AssertNear(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
}
