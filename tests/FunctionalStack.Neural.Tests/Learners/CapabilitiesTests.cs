using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Neural.Tests.Learners;

/// <summary>Nets have the capabilities that they declare.</summary>
public class CapabilitiesTests
{
    [Fact]
    public void A_net_takes_what_it_declares_and_nothing_else()
    {
        var options = new LawOptions { Cases = 1, Only = [LawNames.Capabilities, LawNames.WeightsUsed] };
        foreach (var learner in new ILearner[]
            { new Net([3], Epochs: 2), new NetworkLearner(Network.Of(Shape.Vector(2), new Layer.Dense(3)), new(2)) })
        {
            Assert.All(LearnerLaws.Check(learner, options), result => Assert.Equal(LawVerdict.Held, result.Verdict));
        }
    }

    [Fact]
    public void Every_fault_has_the_parameter_name_of_specs() => Assert.Equal(
        ["one of hidden is 0", "dropout is 1", "epochs is 0", "rate is 0", "snapshots is 0", "shift is -1", "rotation is 200", "zoom is 1",
            "shift, rotation or zoom are given without an image"],
        new Net([0], Dropout: 1, Epochs: 0, Rate: 0, Snapshots: 0, Shift: -1, Rotation: 200, Zoom: 1).Validate()
            .Select(fault => fault.What));

    [Fact]
    public void Layers_that_do_not_fit_one_another_are_found_without_data()
    {
        Assert.Single(new Net([3], Image: [2, 2, 1], Filters: [4, 4], Batch: 1).Validate());
        Assert.Single(new NetworkLearner(Network.Of(Shape.Vector(2), new Layer.Conv2D(3)), new(2)).Validate());
        Assert.Empty(new Net().Validate());
        Assert.Empty(new Net([3], Image: [8, 8, 1], Filters: [4]).Validate());
    }
}
