using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Learners.Tests;

public class KdTreeTests
{
    [Property(MaxTest = 60)]
    public void The_tree_finds_the_rows_that_looking_at_every_row_finds(int seed)
    {
        // Few whole numbers, so that many rows are equally far, or numbers of all sizes.
        var stream = Seed.Of(seed).Fork("tree").Stream();
        var (rows, columns, k) = (20 + stream.Next(800), 1 + stream.Next(5), 1 + stream.Next(9));
        var scale = stream.Next(3) == 0 ? Math.Pow(10, stream.Next(400) - 200) : 1;
        var (train, asked) = stream.Next(2) == 0
            ? (Sample.Grid(seed, rows, columns, 2).Frame, Sample.Grid(seed + 1, 15, columns, 2).Frame)
            : (Sample.Classes(seed, rows, columns, 2).Frame, Sample.Classes(seed + 1, 15, columns, 2).Frame);
        var cells = FeatureMatrix.Of(Sample.Mapped(train, (_, cell) => scale * cell)).OrThrow().Cells;
        var queries = FeatureMatrix.Of(Sample.Mapped(asked, (_, cell) => scale * cell)).OrThrow().Cells;
        Both(new EuclideanTerms());
        Both(new ManhattanTerms());
        Both(new ChebyshevTerms());
        var squares = (Rows: new int[15 * k], Distances: new double[15 * k]);
        NearestRows.Find(cells, rows, queries, 15, columns, k, squares.Rows, squares.Distances);
        var tree = KdTree.Find(new EuclideanTerms(), cells, rows, queries, 15, columns, k);
        Assert.Equal(squares.Rows, tree.Rows);
        Assert.Equal(squares.Distances.Select(Math.Sqrt), tree.Distances);

        void Both<T>(T terms) where T : struct, IDistanceTerms
        {
            var (every, tree) =
                (Learners.Neighbors.EveryRow(terms, cells, rows, queries, 15, columns, k),
                    KdTree.Find(terms, cells, rows, queries, 15, columns, k));
            Assert.Equal(every.Rows, tree.Rows);
            Assert.Equal(every.Distances, tree.Distances);
        }
    }

    [Fact]
    public void A_tree_is_taken_for_many_rows_of_few_columns_only()
    {
        Assert.True(KdTree.Pays(1_000_000, 100_000, 2, vectorized: true));
        Assert.True(KdTree.Pays(20_000, 1000, 2, vectorized: false));
        Assert.False(KdTree.Pays(1_000_000, 1, 2, vectorized: true));
        Assert.False(KdTree.Pays(1_000_000, 100_000, 20, vectorized: false));
        Assert.False(KdTree.Pays(50, 1000, 2, vectorized: false));
    }
}
