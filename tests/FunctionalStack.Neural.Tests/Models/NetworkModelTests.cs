using Xunit;

namespace FunctionalStack.Neural.Tests.Models;

public class NetworkModelTests
{
    private static readonly Network network =
        Network.Of(Shape.Vector(3), new Layer.Dense(4), new Layer.BatchNorm(), new Layer.Dense(2), new Layer.Softmax());
    private static readonly Variables variables = Variables.Initial(network.Check().OrThrow(), Seed.Of(1));
    private static readonly EquatableArray<string> levels = EquatableArray.Of("no", "yes");

    [Fact]
    public void What_belongs_together_makes_a_model()
    {
        var model = new NetworkModel(network, variables, levels, 255);
        Assert.Equal(network.Check().OrThrow(), model.Plan);
        Assert.Equal(variables, model.Variables);
        Assert.Equal(new NetworkModel(network, variables, levels, 255), model);
    }

    /// <summary>A model is also created from files, which may be forged.</summary>
    [Fact]
    public void What_does_not_is_refused()
    {
        Refused("do not fit", () => new NetworkModel(Network.Of(new(2, 2, 1), new Layer.Conv2D(1)), variables, levels),
            "windows of 3x3 don't fit into 2x2x1");
        Refused("fewer parameters", () => new NetworkModel(network, variables with { Parameters = EquatableArray.Of(1f) }, levels),
            "1 parameters and 8 moments, where the network has 34 and 8");
        Refused("fewer moments", () => new NetworkModel(network, variables with { Moments = default }, levels),
            "34 parameters and 0 moments");
        Refused("another number of classes", () => new NetworkModel(network, variables, EquatableArray.Of("a", "b", "c")),
            "3 classes, where the network has 2 outputs");
        foreach (var divisor in new[] { 0, -1, double.NaN, double.PositiveInfinity })
            Refused("a divisor", () => new NetworkModel(network, variables, levels, divisor), "the divisor is");

        static void Refused(string why, Func<NetworkModel> make, string message)
        {
            var refusal = Assert.Throws<ArgumentException>(() => { make(); });
            Assert.True(refusal.Message.Contains(message, StringComparison.Ordinal), $"{why}: {refusal.Message}");
        }
    }
}
