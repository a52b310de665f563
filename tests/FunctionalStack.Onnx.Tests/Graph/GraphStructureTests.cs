using FsCheck.Xunit;
using FunctionalStack.IO;
using FunctionalStack.Laws;
using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Onnx.Tests.Graph;

/// <summary>The structure of files, read by a second reader: what ONNX demands of any graph.</summary>
[Properties(Arbitrary = [typeof(Arbitraries), typeof(OnnxSamples)], MaxTest = 50)]
public class GraphStructureTests
{
    private static readonly string[] domains = ["", "ai.onnx.ml", "com.microsoft"];

    [Property]
    public void Every_value_is_made_once_and_before_it_is_read(StackSample stack, Seed seed)
    {
        if (stack.Sample.Learner.FitModel(stack.Sample.Data, seed) is not Outcome<IModel>.Ok { Value: var model }) return;
        var card = ModelCard.Of(stack.Sample.Data, "y", 1);
        var exported = OnnxExport.Of(model, card).OrThrow();
        var bytes = exported.ToArray();
        Assert.Equal(exported.Length, bytes.Length);
        Assert.Equal(bytes, OnnxExport.Of(model, card).OrThrow().ToArray());
        var file = new ProtoReader(bytes);
        Assert.Equal([OnnxModel.IrVersion], file.Numbers(1));
        Assert.Equal([OnnxModel.Opset, OnnxModel.MachineLearningOpset], file.Messages(8).Take(2).Select(set => (int)set.Numbers(2)[0]));
        var graph = Assert.Single(file.Messages(7));
        Assert.Equal(exported.NodeCount, graph.Messages(1).Count);
        Assert.Equal(exported.Inputs, graph.Messages(11).Select(input => input.Text(1)));
        Assert.Equal(exported.Outputs, graph.Messages(12).Select(output => output.Text(1)));
        var imported = file.Messages(8).Select(set => set.Text(1)).ToHashSet();
        Assert.All(graph.Messages(1), node => Assert.Contains(node.Text(7), imported));
        Assert.Subset(domains.ToHashSet(), imported);
        Check(graph, []);
    }

    [Fact]
    public void Nodes_are_shared_and_named_by_their_place_in_the_composition()
    {
        var data = Cases.Small();
        var twice = Stacking.Of(
                ("one", Recipe.ForLinear.Then(new LogisticRegression(1))), ("other", Recipe.ForLinear.Then(new LogisticRegression(2))))
            .Folds(2).Meta(new OpinionPool()).FitModel(data, Seed.Of(1)).OrThrow();
        var names = new ProtoReader(OnnxExport.Of(twice, ModelCard.Of(data, "y", 1)).OrThrow().ToArray()).Messages(7)[0].Messages(1)
            .Select(node => node.Text(3)).ToArray();
        Assert.Contains(names, name => name.StartsWith("one/fold1/linear/"));
        Assert.Contains(names, name => name.StartsWith("opinionPool/"));
        Assert.Single(names, name => name.EndsWith("fold1/linear/a number is missing or infinite"));
        Assert.Contains("other/fold1/linear/Gemm", names);
        Assert.DoesNotContain(names, name => name.StartsWith("other/fold1/scale/"));
    }

    private static void Check(ProtoReader graph, HashSet<string> outer)
    {
        var known = new HashSet<string>(outer);
        foreach (var name in graph.Messages(5).Select(constant => constant.Text(8))
            .Concat(graph.Messages(11).Select(input => input.Text(1))))
            Assert.True(known.Add(name), $"'{name}' is made twice");
        var names = new HashSet<string>();
        foreach (var node in graph.Messages(1))
        {
            Assert.True(names.Add(node.Text(3)), $"two nodes are named '{node.Text(3)}'");
            Assert.All(node.Texts(1), input => Assert.True(input.Length == 0 || known.Contains(input), $"'{input}' is read too early"));
            foreach (var attribute in node.Messages(5))
            {
                Assert.InRange(Assert.Single(attribute.Numbers(20)), 1, 8);
                foreach (var body in attribute.Messages(6)) Check(body, known);
            }

            foreach (var output in node.Texts(2)) Assert.True(known.Add(output), $"'{output}' is made twice");
        }

        Assert.All(graph.Messages(12), output => Assert.Contains(output.Text(1), known));
    }
}
