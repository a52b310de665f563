using FunctionalStack.Laws;
using FunctionalStack.Learners;
using FunctionalStack.Neural;
using Xunit;

namespace FunctionalStack.IO.Tests.Specs;

/// <summary>docs/specs/digits-nets.json, on fewer images, epochs and trees.</summary>
public sealed class DigitsNetsTests
{
    [Fact]
    public void Three_equal_nets_under_other_names_learn_other_things_and_stack_with_a_forest()
    {
        var root = Assert.IsType<NodeSpec.Stack>(SpecFile.Read(Path()).OrThrow().Root);
        Assert.Equal(["net1", "net2", "net3", "forest"], root.Bases.Select(b => b.Name));
        Assert.Single(root.Bases.Select(b => b.Node).Where(node => node is NodeSpec.Single { Learner: Net }).Distinct());

        var digits = DatasetReader.Read(EmbeddedData.Digits, new("digit")).OrThrow().Dataset.Take(EquatableArray.Range(300));
        var small =
            new StackSpec(root
                with
            { Bases = EquatableArray.From(root.Bases.Select(b => b with { Node = Smaller((NodeSpec.Single)b.Node) })) });
        var fit = Executor.Threads(2).Fit(small.Build(digits).OrThrow(), digits, Seed.Of(42)).OrThrow();

        Assert.Equal(["net1", "net2", "net3", "forest", "stack"], fit.OutOfFold.Select(part => part.Name));
        Assert.Equal(4, fit.OutOfFold.Take(4).Select(part => part.Prediction).Distinct().Count());
        // Chance is 0.1; out of fold these parts reach 0.75 to 0.95 on 300 images.
        Assert.All(fit.Scores, part => Assert.InRange(part["accuracy"].Mean, 0.6, 1));
    }

    private static NodeSpec Smaller(NodeSpec.Single node) => node with
    {
        Learner = node.Learner switch
        {
            Net net => net with { Epochs = 4 },
            RandomForest forest => forest with { Trees = 20 },
            var other => other,
        },
    };

    private static string Path() => System.IO.Path.Combine(Repository.Root, "docs", "specs", "digits-nets.json");
}
