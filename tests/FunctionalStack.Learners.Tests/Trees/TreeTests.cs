using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Learners.Tests.Trees;

public class TreeTests
{
    // One split on column 0 at 0.5, two leaves of one output each.
    private static Tree Of(params int[] right) => new([0, -1, -1], [0.5, 0, 0], EquatableArray.Of(right), [1.0, 2.0]);

    [Fact]
    public void A_tree_leads_forward() => Assert.Equal(1, Of(2, 0, 1).Depth);

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(3, 0, 1)]
    [InlineData(2, 0, 2)]
    [InlineData(2, -1, 1)]
    public void A_tree_with_children_before_their_parent_or_out_of_range_is_refused(params int[] right) =>
        Assert.Throws<ArgumentException>(() => Of(right));

    [Fact]
    public void A_tree_of_unequal_parts_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Tree([], [], [], []));
        Assert.Throws<ArgumentException>(() => new Tree([-1], [0, 0], [0], [1.0]));
        Assert.Throws<ArgumentException>(() => new Tree([0, -1, -1], [0.5, 0, 0], [2, 0, 1], [1.0, 2.0, 3.0]));
    }
}
