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
    private static readonly ModelRegistry registry = JournalEntry.Registered(Library.Catalogue);

    [Property]
    public void A_result_comes_back_with_its_notes(ClassData any)
    {
        var learner = new DecisionTree(MaxDepth: 2);
        var data = any.Data.WithFrame(Frame.Of(("x", new Column.Numeric(EquatableArray.From(
            Enumerable.Range(0, any.Data.RowCount).Select(row => (double)row))))));
        var leaf = new Leaf(learner, new(data.Frame, null, data.Roles), Seed.Of(1));
        var made = Leaves.Here.Fit(leaf, WorkSharing.None);
        var bytes = ResultBytes.Of(leaf.Key!.Value, made, registry).OrThrow();
        Assert.Equal(made, ResultBytes.Read(bytes, leaf.Key.Value, registry));
    }

    [Fact]
    public void A_failure_comes_back_as_it_is()
    {
        var failed = Outcome.Fail<IModel>("column 'é'", "what", "remedy");
        Assert.Equal(failed, ResultBytes.Read(ResultBytes.Of(new("k"), failed, registry).OrThrow(), new("k"), registry));
    }

    [Property]
    public void Damage_and_another_key_are_noticed(int at, byte by)
    {
        var made = Outcome.Ok<IModel>(new MajorityModel([], [1.5]));
        var bytes = ResultBytes.Of(new("k"), made, registry).OrThrow();
        Assert.Null(ResultBytes.Read(bytes, new("other"), registry));
        Assert.Null(ResultBytes.Read([], new("k"), registry));
        var place = (int)((uint)at % (bytes.Length - 1)) + 1;
        bytes[place] ^= (byte)(by | 1);
        Assert.Null(ResultBytes.Read(bytes, new("k"), registry));
    }
}
