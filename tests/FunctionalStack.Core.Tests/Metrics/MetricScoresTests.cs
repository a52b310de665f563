using System.Text.Json;
using System.Text.Json.Serialization;
using FsCheck.Xunit;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Core.Tests.Metrics;

[Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 40)]
public class MetricScoresTests
{
    private static readonly string[] Members =
        [.. typeof(MetricScores<Score>).GetProperties().Where(member => member.GetIndexParameters().Length == 0
            && member.PropertyType == typeof(Score)).Select(member => member.Name)];

    [Property]
    public void Scores_are_serialized_without_the_members_that_throw(AnyData any, Seed seed)
    {
        if (new Nearest().Fit(any.Data, seed) is not Outcome<Trained>.Ok { Value: var model }) return;
        var text = JsonSerializer.Serialize(model.Score(any.Data, seed, 0).OrThrow(), Numbers);
        Assert.DoesNotContain($"\"{nameof(MetricScores<>.Rmse)}\"", text);
    }

    private static readonly JsonSerializerOptions Numbers = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The members are the metrics that any task has, and each is the entry with its name.</summary>
    [Property]
    public void Each_metric_of_the_task_is_a_member_and_the_others_throw(AnyData any, Seed seed)
    {
        if (new Nearest().Fit(any.Data, seed) is not Outcome<Trained>.Ok { Value: var model }) return;
        var scores = model.Score(any.Data, seed, 0).OrThrow();
        var metrics = Metric.For(any.Data.Target).Select(metric => metric.Name).ToArray();
        foreach (var name in Members)
        {
            var metric = (Metric)typeof(Metric).GetProperty(name)!.GetValue(null)!;
            var member = typeof(MetricScores<TestScore>).GetProperty(name)!;
            if (metrics.Contains(metric.Name)) Assert.Same(scores[metric.Name], member.GetValue(scores));
            else Assert.IsType<KeyNotFoundException>(
                Assert.Throws<System.Reflection.TargetInvocationException>(() => member.GetValue(scores)).InnerException);
        }

        Assert.All(metrics, metric => Assert.Contains(Members, name =>
            ((Metric)typeof(Metric).GetProperty(name)!.GetValue(null)!).Name == metric));
    }

    [Fact]
    public void Every_metric_is_a_member() => Assert.Equal(
        typeof(Metric).GetProperties().Where(member => member.PropertyType == typeof(Metric)).Select(member => member.Name).Order(),
        Members.Order());

    [Fact]
    public void A_metric_of_another_task_is_refused_with_those_of_this_one()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4))), new Target.Numeric([1, 2, 3, 4]));
        var stack = new Stack([new Base("near", new Nearest())], new Nearest(), new FoldPlan.KFold(2));
        var scores = Executor.Inline.Evaluate(stack, data, new FoldPlan.KFold(2), Seed.Of(1)).OrThrow();
        Assert.Equal("there is no score of 'logLoss'; the metrics are rmse, mae, r2",
            Assert.Throws<KeyNotFoundException>(() => scores.LogLoss).Message);
        Assert.Same(scores.Final["rmse"], scores.Rmse);
        Assert.Contains("Name = stack", scores.Final.ToString());
    }

    [Fact]
    public void An_evaluation_prints_its_means_best_first()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2, 3, 4, 5, 6))), Target.Classes.Of("a", "a", "b", "b", "a", "b"));
        var stack = new Stack([new Base("near", new Nearest()), new Base("digest", new Digest())], new Nearest(), new FoldPlan.KFold(2));
        var scores = Executor.Inline.Evaluate(stack, data, new FoldPlan.KFold(3), Seed.Of(1)).OrThrow();
        var lines = scores.ToString().Split('\n');
        Assert.StartsWith("cross-validated  accuracy  logLoss", lines[0]);
        Assert.Equal(scores.Models.OrderBy(model => model.LogLoss.Mean).Select(model => model.Name),
            lines.Skip(1).Select(line => line.Split(' ')[0]));
    }
}
