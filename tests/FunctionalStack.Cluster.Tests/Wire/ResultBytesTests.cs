using FsCheck.Xunit;
using FunctionalStack.Cluster.Wire;
using FunctionalStack.IO;
using FunctionalStack.Laws;
using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Cluster.Tests.Wire;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class ResultBytesTests
{
    private static readonly ModelRegistry registry = ResultBytes.Registry(Library.Catalogue);

    [Property]
    public void A_result_comes_back_with_its_notes(ClassData any)
    {
        var learner = new DecisionTree(MaxDepth: 2);
        var data = any.Data.WithFrame(Frame.Of(("x", new Column.Numeric(EquatableArray.From(
            Enumerable.Range(0, any.Data.RowCount).Select(row => (double)row))))));
        var leaf = new Leaf(learner, new(data.Frame, null, data.Roles), Seed.Of(1));
        var made = Leaves.Here.Fit(leaf, WorkSharing.None);
        foreach (var held in new[] { null, made.OrThrow().Predict(data.Frame) as Outcome<Prediction>.Ok })
        {
            var result = new FitResult(made, "rows", held);
            var bytes = ResultBytes.Of(leaf.Key!.Value, result, registry).OrThrow();
            Assert.Equal(result, ResultBytes.Read(bytes, leaf.Key.Value, registry));
        }
    }

    [Fact]
    public void A_failure_comes_back_as_it_is()
    {
        var failed = Outcome.Fail<IModel>("column 'é'", "what", "remedy");
        var bytes = ResultBytes.Of(new("k"), new(failed, "", null), registry).OrThrow();
        Assert.Equal(failed, ResultBytes.Read(bytes, new("k"), registry)!.Model);
    }

    [Property]
    public void Damage_and_another_key_are_noticed(int at, byte by)
    {
        var made = Outcome.Ok<IModel>(new MajorityModel([], [1.5]));
        var bytes = ResultBytes.Of(new("k"), new(made, "rows", null), registry).OrThrow();
        Assert.Null(ResultBytes.Read(bytes, new("other"), registry));
        Assert.Null(ResultBytes.Read([], new("k"), registry));
        bytes[(int)((uint)at % bytes.Length)] ^= (byte)(by | 1);
        // The digest of the whole is compared before; what is read all the same must not be another model.
        if (ResultBytes.Read(bytes, new("k"), registry) is { Model: Outcome<IModel>.Ok read }) Assert.Equal(made, read);
    }
}
