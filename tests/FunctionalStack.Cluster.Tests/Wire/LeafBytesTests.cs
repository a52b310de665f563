using FsCheck.Xunit;
using FunctionalStack.Cluster.Wire;
using FunctionalStack.IO;
using FunctionalStack.Laws;
using FunctionalStack.Learners;
using FunctionalStack.Preprocessing;
using Xunit;

namespace FunctionalStack.Cluster.Tests.Wire;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class LeafBytesTests
{
    private static readonly Dataset data = new(Frame.Of(("x", Column.Numeric.Of(1, 2))), new Target.Numeric([1.0, 2]));
    private static readonly LeafRows rows = new(data.Frame, null, data.Roles);

    public static TheoryData<string> Learners => new(Library.Catalogue.Learners.Where(entry => entry.Usual is ILeafLearner)
        .Select(entry => entry.Name));

    public static TheoryData<string> Transforms => new(Library.Catalogue.Transforms.Select(entry => entry.Name));

    [Theory]
    [MemberData(nameof(Learners))]
    public void Every_learner_of_the_library_comes_back(string name) => ComesBack(Library.Catalogue.Learner(name)!.Usual);

    [Theory]
    [MemberData(nameof(Transforms))]
    public void Every_transform_of_the_library_comes_back_before_a_learner(string name)
    {
        var transform = Library.Catalogue.Transforms.Single(entry => entry.Name == name).Usual;
        ComesBack(transform.Then(new KNearestNeighbors(3)));
        ComesBack(new OnColumns(["x"], transform).Then(new KNearestNeighbors(3)));
    }

    /// <summary>Seeds are forked by the grouping of the steps.</summary>
    [Fact]
    public void The_grouping_of_steps_comes_back()
    {
        ITransform[] steps = [new Impute(), new Standardize(), new Identity(), new MinMax()];
        ComesBack(steps.Aggregate((first, second) => first.Then(second)).Then(new RidgeRegression()));
        ComesBack(steps.Reverse().Aggregate((second, first) => first.Then(second)).Then(new RidgeRegression()));
    }

    [Fact]
    public void A_learner_without_a_name_in_specs_stays_here()
    {
        Assert.Null(LeafBytes.Of(new Digest(), SpecNames.Default));
        Assert.Null(LeafBytes.Of(new Shift(1).Then(new KNearestNeighbors(3)), SpecNames.Default));
    }

    [Fact]
    public void A_composition_of_several_fits_is_refused()
    {
        var whole = new Impute().Then(new Voting([new("a", new RidgeRegression()), new("b", new RidgeRegression())]));
        Assert.IsType<Outcome<Leaf>.Fail>(LeafBytes.Read(LeafBytes.Of(LeafBytes.Of(whole, SpecNames.Default)!, Seed.Of(1)), rows,
            SpecNames.Default));
    }

    [Property]
    public void Damaged_leaves_never_throw(int at, byte by)
    {
        var leaf = new Leaf(Recipe.ForTrees.Then(new KNearestNeighbors(3)), rows, Seed.Of(1));
        var damaged = LeafBytes.Of(LeafBytes.Of(leaf.Learner, SpecNames.Default)!, leaf.Seed);
        damaged[(int)((uint)at % damaged.Length)] ^= (byte)(by | 1);
        // The silo compares keys: what is read must not pass for the leaf that was ordered.
        if (LeafBytes.Read(damaged, rows, SpecNames.Default) is Outcome<Leaf>.Ok { Value: var read } && read != leaf)
            Assert.NotEqual(leaf.Key, read.Key);
    }

    private static void ComesBack(ILearner learner)
    {
        var leaf = new Leaf(learner, rows, Seed.Of(3));
        var bytes = LeafBytes.Of(learner, SpecNames.Default);
        Assert.NotNull(bytes);
        var read = LeafBytes.Read(LeafBytes.Of(bytes, leaf.Seed), rows, SpecNames.Default).OrThrow();
        Assert.Equal(leaf, read);
        Assert.Equal(leaf.Key, read.Key);
    }
}
