using System.Text.Json.Nodes;
using FunctionalStack.Cli.Demos;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Cli.Tests.Demos;

public class OttoDemoTests
{
    private static readonly Seed Seed = Seed.Of(42);

    // The demonstration's own takes minutes.
    private static readonly Stack Small = new(
        [new("tree", new DecisionTree(MaxDepth: 6)), new("near", new Log1p().Then(new KNearestNeighbors(9))), new("bayes", new TfIdf().Then(new MultinomialNaiveBayes()))],
        new Stack([new("forest", new RandomForest(20, MinSamplesLeaf: 5)), new("near", new KNearestNeighbors(25))], new ConvexWeights(), new FoldPlan.Stratified(3, Seed.Fork("metas"))),
        new FoldPlan.Stratified(3, Seed.Fork("bases")),
        StackColumns: new(StackMethod.LogProbabilities));

    [Fact]
    public void The_recipe_is_thirty_bases_of_eight_kinds_and_three_meta_learners()
    {
        var stack = OttoStack.Of(Seed);
        Assert.InRange(stack.Bases.Count, 30, 100);
        Assert.InRange(stack.Bases.Select(one => OttoStack.KindOf(one.Learner)).Distinct().Count(), 8, 100);
        Assert.Equal(["gradientBoosting", "adaBoost", "net"], ((Stack)stack.Meta).Bases.Select(one => OttoStack.KindOf(one.Learner)));
    }

    [Fact]
    public void Told_step_by_step_the_blend_is_the_fitted_stack_bit_for_bit()
    {
        var data = OttoData.Generated(1_000, Seed).OrThrow();
        var answer = Predicted(data, null);
        var predicted = Executor.Threads(2).Fit(Small, data.Train, Seed).OrThrow().Predict(data.Test.Frame).OrThrow();
        var blend = answer["models"]!.AsArray()[^1]!;
        Assert.Equal("blend", (string?)blend["role"]);
        Assert.Equal(Metric.LogLoss.Score(data.Test.Target, predicted, null), (double)blend["test"]!["logLoss"]!);
        Assert.Equal(1, answer["weights"]!.AsObject().Sum(weight => (double)weight.Value!), 12);
    }

    [Fact]
    public void The_answer_has_every_base_every_meta_learner_the_blend_and_the_gain_of_each_base()
    {
        var folder = Directory.CreateTempSubdirectory("otto");
        try
        {
            var predicted = Predicted(OttoData.Generated(1_000, Seed).OrThrow(), folder.FullName);
            Assert.Equal(["base", "base", "base", "meta", "meta", "blend"], predicted["models"]!.AsArray().Select(model => (string?)model!["role"]));
            var gain = predicted["gain"]!.AsArray().Select(step => (double)step!["outOfFold"]!).ToArray();
            Assert.Equal(3, gain.Length);
            // A convex combination of more is never worse where it was fitted.
            for (var i = 1; i < gain.Length; i++) Assert.InRange(gain[i], 0, gain[i - 1] + 1e-9);
            Assert.All(predicted["pictures"]!.AsArray(), path => Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes((string)path!)[..4]));
            Assert.Equal(2, predicted["pictures"]!.AsArray().Count);
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [Fact]
    public void Begun_again_it_finds_every_fit_and_says_the_same()
    {
        var folder = Directory.CreateTempSubdirectory("otto");
        try
        {
            var data = OttoData.Generated(1_000, Seed).OrThrow();
            var never = Predicted(data, null);
            foreach (var again in new[] { false, true })
            {
                using var journal = RunJournal.Open(folder.FullName).OrThrow();
                var predicted = Predicted(data, null, Executor.Threads(2).Through(journal));
                Assert.Equal(again, journal.Report.Fitted == 0);
                Assert.Equal(again, journal.Report.Found > 0);
                foreach (var field in new[] { "weights", "gain" }) Assert.True(JsonNode.DeepEquals(never[field], predicted[field]));
            }
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [Fact]
    public void Made_up_products_are_sparse_counts_of_nine_classes_and_the_same_for_the_same_seed()
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
    public void A_file_beside_the_products_says_which_are_set_aside()
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
            Assert.Equal(Enumerable.Range(1, 10).Select(i => (double)(4 * i % 7)), ((Column.Numeric)predicted.Test.Frame["feat_1"]).ToArray());
            Assert.Equal(15, OttoData.Files(folder.FullName, 15, Seed).OrThrow().Train.RowCount);
            File.WriteAllLines(split, ["id,test", "99,1"]);
            Assert.Contains("sets 0 of 40 products aside", OttoData.Files(folder.FullName, null, Seed).Match(_ => "", failure => $"{failure}"));
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static JsonObject Predicted(OttoData data, string? report, IExecutor? executor = null)
    {
        using var output = new StringWriter();
        return OttoDemo.Run(new Terminal(output, output, false, default), executor ?? Executor.Threads(2), data, Small, Seed, report).OrThrow();
    }
}
