using FsCheck.Xunit;
using FunctionalStack.Oracle;
using Xunit;

namespace FunctionalStack.Neural.Tests.Trainings;

public class FoldingTests
{
    [Property(Arbitrary = [typeof(Nets)], MaxTest = 200)]
    public void Folded_equals_unfolded(NetCase net)
    {
        var (plan, variables) = (net.Plan, net.Variables);
        var (network, folded) = Folding.WithFoldedBatchNorm(plan, variables);
        var (before, after) = (Outputs(plan, variables, net.Inputs), Outputs(network.Check().OrThrow(), folded, net.Inputs));

        // In double except for the folded variables, which are rounded to float32 once: far below the 1e-5 required of float32.
        for (var i = 0; i < before.Length; i++) Assert.Equal(before[i], after[i], 1e-5 * (1 + Math.Abs(before[i])));
    }

    [Property(Arbitrary = [typeof(Nets)])]
    public void No_normalization_stays_directly_behind_what_had_no_bias(NetCase net)
    {
        var folded = Folding.WithFoldedBatchNorm(net.Plan, net.Variables).Network;
        Assert.True(AllFolded(folded.Layers));
        Assert.Equal(net.Plan.Output, folded.Check().OrThrow().Output);

        // A layer with a folded normalization has a bias now: only a second normalization may follow it.
        static bool AllFolded(EquatableArray<Layer> layers) =>
            layers.Zip(layers.Skip(1))
                .All(pair => pair is not (Layer.Conv2D { Bias: false } or Layer.Dense { Bias: false }, Layer.BatchNorm))
            && layers.OfType<Layer.Residual>().All(residual => AllFolded(residual.Body) && AllFolded(residual.Shortcut));
    }

    [Fact]
    public void Known_numbers()
    {
        var plan = Network.Of(Shape.Vector(1), new Layer.Dense(1), new Layer.BatchNorm(0.75)).Check().OrThrow();

        // Kernel 3, bias 1, gamma 4, beta 5; mean 2, variance 3.25: s = 4 / sqrt(4) = 2.
        var (network, variables) = Folding.WithFoldedBatchNorm(plan, new([3, 1, 4, 5], [2, 3.25f]));
        Assert.Equal(Network.Of(Shape.Vector(1), new Layer.Dense(1)), network);
        Assert.Equal(new Variables([6, 3], []), variables);
    }

    private static float[] Outputs(NetworkPlan plan, Variables variables, float[] inputs)
    {
        using var backend = new OracleBackend();
        var rows = inputs.Length / plan.Network.Input.Size;
        using var session = InferenceSession.Open(backend, plan, variables, rows);
        var outputs = new float[rows * plan.Output.Size];
        session.Predict(inputs, outputs);
        return outputs;
    }
}
