using Xunit;

namespace FunctionalStack.Demos.Tests;

public class OttoDataTests
{
    private static readonly Seed Seed = Seed.Of(42);

    [Fact]
    public void The_stack_has_thirty_bases_of_eight_kinds_and_three_meta_learners()
    {
        var stack = OttoStack.Of(Seed);
        Assert.InRange(stack.Bases.Count, 30, 100);
        Assert.InRange(stack.Bases.Select(one => OttoStack.KindOf(one.Learner)).Distinct().Count(), 8, 100);
        Assert.Equal(["gradientBoosting", "adaBoost", "net"], ((Stack)stack.Meta).Bases.Select(one => OttoStack.KindOf(one.Learner)));
    }

    [Fact]
    public void Generated_products_are_sparse_counts_of_nine_classes_and_reproducible()
    {
        var made = OttoLookalike.Of(2_000, Seed);
        Assert.Equal(made, OttoLookalike.Of(2_000, Seed));
        Assert.NotEqual(made, OttoLookalike.Of(2_000, Seed.Of(43)));
        var cells = made.Frame.Columns.SelectMany(column => ((Column.Numeric)column.Column).ToArray()).ToArray();
        Assert.Equal(2_000 * OttoLookalike.Columns, cells.Length);
        Assert.All(cells, cell => Assert.True(cell >= 0 && cell == Math.Floor(cell)));
        Assert.InRange(cells.Count(cell => cell == 0) / (double)cells.Length, 0.65, 0.9);
        var codes = ((Target.Classes)made.Target).Codes;
        Assert.InRange(codes.Count(code => code == 1) / 2_000.0, 0.22, 0.3);
        Assert.Equal(9, codes.Distinct().Count());
    }

    [Fact]
    public void A_file_beside_the_products_lists_the_test_rows()
    {
        var folder = Directory.CreateTempSubdirectory("otto");
        try
        {
            var rows = Enumerable.Range(1, 40).Select(id => $"{id},{id % 7},{id % 3},Class_{id % 2 + 1}");
            File.WriteAllLines(Path.Combine(folder.FullName, "train.csv"), rows.Prepend("id,feat_1,feat_2,target"));
            var drawn = OttoData.Files(folder.FullName, null, Seed).OrThrow();
            Assert.Equal((32, 8), (drawn.Train.RowCount, drawn.Test.RowCount));
            var split = Path.Combine(folder.FullName, "split80_20.csv");
            File.WriteAllLines(split, Enumerable.Range(1, 40).Select(id => $"{id},{(id % 4 == 0 ? 1 : 0)}").Prepend("id,test"));
            var predicted = OttoData.Files(Path.Combine(folder.FullName, "train.csv"), null, Seed).OrThrow();
            Assert.Equal((30, 10), (predicted.Train.RowCount, predicted.Test.RowCount));
            Assert.Equal(Enumerable.Range(1, 10).Select(i => (double)(4 * i % 7)),
                ((Column.Numeric)predicted.Test.Frame["feat_1"]).ToArray());
            Assert.Equal(15, OttoData.Files(folder.FullName, 15, Seed).OrThrow().Train.RowCount);
            File.WriteAllLines(split, ["id,test", "99,1"]);
            Assert.Contains("marks 0 of 40 products as test rows",
                OttoData.Files(folder.FullName, null, Seed).Match(_ => "", failure => $"{failure}"));
        }
        finally
        {
            folder.Delete(true);
        }
    }
}
