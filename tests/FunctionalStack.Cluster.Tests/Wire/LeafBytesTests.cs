using FsCheck.Xunit;
using FunctionalStack.Cluster.Wire;
using FunctionalStack.IO;
using FunctionalStack.Laws;
using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Cluster.Tests.Wire;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class LeafBytesTests
{
    public static TheoryData<string> Learners => new(Library.Catalogue.Learners.Where(entry => entry.Usual is ILeafLearner)
        .Select(entry => entry.Name));

    [Theory]
    [MemberData(nameof(Learners))]
    public void Every_learner_of_the_library_comes_back(string name)
    {
        var learner = (ILeafLearner)Library.Catalogue.Learner(name)!.Usual;
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2))), new Target.Numeric([1.0, 2]));
        var leaf = new Leaf(learner, new(data.Frame, null, data.Roles), Seed.Of(3));
        var bytes = LeafBytes.Of(leaf, SpecNames.Default);
        Assert.NotNull(bytes);
        var read = LeafBytes.Read(bytes, data.Frame, SpecNames.Default).OrThrow();
        Assert.Equal(leaf, read);
        Assert.Equal(leaf.Key, read.Key);
    }

    [Property]
    public void Rows_and_roles_come_back(AnyData any, Seed seed, bool some)
    {
        EquatableArray<int>? rows = some ? [2, 0, 1] : null;
        var roles = rows is { } taken ? any.Data.Roles.Take(taken) : any.Data.Roles;
        var leaf = new Leaf(new KNearestNeighbors(3), new(any.Data.Frame, rows, roles), seed);
        var read = LeafBytes.Read(LeafBytes.Of(leaf, SpecNames.Default)!, any.Data.Frame, SpecNames.Default).OrThrow();
        Assert.Equal(leaf.Key, read.Key);
        Assert.Equal(leaf.Rows.Roles with { TargetName = "", IdName = null }, read.Rows.Roles with { TargetName = "", IdName = null });
    }

    [Fact]
    public void A_learner_without_a_name_in_specs_stays_here()
    {
        var data = new Dataset(Frame.Of(("x", Column.Numeric.Of(1, 2))), new Target.Numeric([1.0, 2]));
        Assert.Null(LeafBytes.Of(new(new Digest(), new(data.Frame, null, data.Roles), Seed.Of(1)), SpecNames.Default));
    }

    [Property]
    public void Damaged_leaves_never_throw(AnyData any, int at, byte by)
    {
        var leaf = new Leaf(new KNearestNeighbors(3), new(any.Data.Frame, null, any.Data.Roles), Seed.Of(1));
        var damaged = LeafBytes.Of(leaf, SpecNames.Default)!;
        damaged[(int)((uint)at % damaged.Length)] ^= (byte)(by | 1);
        // The silo compares keys: what is read must not pass for the leaf that was ordered.
        if (LeafBytes.Read(damaged, any.Data.Frame, SpecNames.Default) is Outcome<Leaf>.Ok { Value: var read } && read != leaf)
            Assert.NotEqual(leaf.Key, read.Key);
    }
}
