using Xunit;

namespace FunctionalStack.Cli.Tests.Options;

public sealed class OrdinalTests : IDisposable
{
    private const string Spec =
        """{"version":1,"stack":{"bases":[{"learner":"ordinal"},{"learner":"knn"}],"meta":{"learner":"ordinal"},"folds":{"k":3}}}""";

    private readonly Fstack tool = new(Sheet.Passengers().With("rating", row => new[] { "low", "mid", "high" }[Rating(row)]), Spec);

    public void Dispose() => tool.Dispose();

    private static int Rating(int row)
    {
        var fare = Sheet.Passengers().Numbers("fare")[row];
        return fare < 20 ? 0 : fare < 40 ? 1 : 2;
    }

    [Fact]
    public void The_order_is_that_of_the_option_and_its_metrics_are_reported()
    {
        var ran = tool.Done("evaluate --data ./data.csv --target rating --id id --spec ./spec.json --folds 3 --ordinal low,mid,high "
            + "--json");
        Assert.Equal(["low", "mid", "high"], ran.Json.GetProperty("classes").EnumerateArray().Select(level => level.GetString()));
        foreach (var model in ran.Json.GetProperty("models").EnumerateArray())
        {
            Assert.InRange(model.GetProperty("quadraticKappa").GetProperty("mean").GetDouble(), 0.3, 1);
            Assert.InRange(model.GetProperty("rankMae").GetProperty("mean").GetDouble(), 0, 0.5);
        }

        Assert.DoesNotContain("rankMae",
            tool.Done("evaluate --data ./data.csv --target rating --id id --spec ./spec.json --folds 3 --json").Json.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_saved_model_keeps_the_order()
    {
        tool.Done("fit --data ./data.csv --target rating --id id --spec ./spec.json --model ./m.fstack --ordinal low,mid,high");
        tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --probabilities");
        Assert.Equal(["id", "rating", "P(low)", "P(mid)", "P(high)"], tool.Table("p.csv").Names);
        var metrics = tool.Done("score --model ./m.fstack --data ./data.csv --json").Json.GetProperty("metrics");
        Assert.InRange(metrics.GetProperty("quadraticKappa").GetDouble(), 0.5, 1);
        Assert.Contains("quadratic kappa", tool.Done("score --model ./m.fstack --data ./data.csv").Output);
        Assert.Contains("the classes are in order", tool.Done("inspect ./m.fstack").Output);
        Assert.True(tool.Done("inspect ./m.fstack --json").Json.GetProperty("ordinal").GetBoolean());
    }

    [Theory]
    [InlineData("--ordinal low,mid,hihg", "column rating: the order names 'hihg', which no row has. Did you mean 'high'?")]
    [InlineData("--ordinal low,high", "column rating: the order does not name the class 'mid'.")]
    [InlineData("--ordinal low,mid,high --task regression", "--ordinal orders classes, but --task is regression. Leave one out.")]
    public void A_wrong_order_is_refused(string options, string message) => Assert.Contains(message,
        tool.Refused($"evaluate --data ./data.csv --target rating --id id {options}"));

    [Fact]
    public void Numbers_with_an_order_are_classes()
    {
        tool.Write("data.csv", Sheet.Passengers().With("rating", row => $"{10 * Rating(row) + 0.5}").Text);
        var ran = tool.Done("fit --data ./data.csv --target rating --id id --spec ./spec.json --model ./m.fstack --ordinal 20.5,10.5,0.5 "
            + "--json");
        Assert.Equal(["20.5", "10.5", "0.5"], ran.Json.GetProperty("classes").EnumerateArray().Select(level => level.GetString()));
    }
}
