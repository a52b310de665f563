using System.Text.Json.Nodes;
using FunctionalStack.Cli.Demos;
using FunctionalStack.Cli.Output;
using FunctionalStack.Demos;
using FunctionalStack.IO;
using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Cli.Tests.Demos;

public class OttoDemoTests
{
    private static readonly Seed Seed = Seed.Of(42);

    // The full stack takes minutes.
    private static readonly Stack Small = new(
        [new("tree", new DecisionTree(MaxDepth: 6)), new("near", new Log1p().Then(new KNearestNeighbors(9))),
            new("bayes", new TfIdf().Then(new MultinomialNaiveBayes()))],
        new Stack([new("forest", new RandomForest(20, MinSamplesLeaf: 5)), new("near", new KNearestNeighbors(25))], new ConvexWeights(),
            new FoldPlan.Stratified(3, Seed.Fork("metas"))),
        new FoldPlan.Stratified(3, Seed.Fork("bases")),
        StackColumns: new(StackMethod.LogProbabilities));

    [Fact]
    public void The_blend_equals_the_fitted_stack_bit_for_bit()
    {
        var data = OttoData.Generated(1_000, Seed).OrThrow();
        var answer = Predicted(data);
        var predicted = Executor.Threads(2).Fit(Small, data.Train, Seed).OrThrow().Predict(data.Test.Frame).OrThrow();
        var blend = answer["models"]!.AsArray()[^1]!;
        Assert.Equal("blend", (string?)blend["role"]);
        Assert.Equal(Metric.LogLoss.Score(data.Test.Target, predicted, null), (double)blend["test"]!["logLoss"]!);
        Assert.Equal(1, answer["weights"]!.AsObject().Sum(weight => (double)weight.Value!), 12);
    }

    [Fact]
    public void The_answer_has_every_base_every_meta_learner_the_blend_and_the_gain_of_each_base()
    {
        var ran = Ran(OttoData.Generated(1_000, Seed).OrThrow(), isDrawn: true);
        Assert.Equal(["base", "base", "base", "meta", "meta", "blend"],
            ran.Answer["models"]!.AsArray().Select(model => (string?)model!["role"]));
        var gain = ran.Answer["gain"]!.AsArray().Select(step => (double)step!["outOfFold"]!).ToArray();
        Assert.Equal(3, gain.Length);
        // On the rows it is fitted to, a convex combination of more bases is never worse.
        for (var i = 1; i < gain.Length; i++) Assert.InRange(gain[i], 0, gain[i - 1] + 1e-9);
        Assert.Equal(["otto-correlation", "otto-gain"], ran.Page.Figures.Select(figure => figure.Id));
        Assert.All(ran.Page.Figures, figure => SvgFile.Check(figure.File()));
    }

    [Fact]
    public void A_resumed_run_finds_every_fit_and_gives_the_same_result()
    {
        var folder = Directory.CreateTempSubdirectory("otto");
        try
        {
            var data = OttoData.Generated(1_000, Seed).OrThrow();
            var never = Predicted(data);
            foreach (var again in new[] { false, true })
            {
                using var journal = RunJournal.Open(folder.FullName).OrThrow();
                var predicted = Predicted(data, Executor.Threads(2).Through(journal));
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

    private static JsonObject Predicted(OttoData data, IExecutor? executor = null) => Ran(data, isDrawn: false, executor).Answer;

    private static DemoResult Ran(OttoData data, bool isDrawn, IExecutor? executor = null)
    {
        using var output = new StringWriter();
        return OttoDemo.Run(new Terminal(output, output, false, default), executor ?? Executor.Threads(2), data, Small, Seed, isDrawn)
            .OrThrow();
    }
}
