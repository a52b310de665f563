using FunctionalStack.Cluster.Silos;
using Xunit;

namespace FunctionalStack.Cluster.Tests.Silos;

public class MembersTests
{
    private static readonly Member other = new("0123456789ab", "0123456789ab (fstack 0.1.0, vectors of 256 bits)", "host:7");

    [Fact]
    public void An_entry_comes_back() => Assert.Equal(other, Member.Of(other.Text));

    [Fact]
    public void Text_that_is_no_entry_is_left_out() => Assert.Null(Member.Of("another"));

    [Fact]
    public void Nodes_of_one_build_may_join()
    {
        Assert.Null(Member.Refusal("lab", "this silo", []));
        Assert.Null(Member.Refusal("lab", "this silo", [Member.Here, Member.Here with { Place = "host:8" }]));
    }

    [Fact]
    public void A_node_of_another_build_is_refused_with_both_builds()
    {
        var text = $"{Member.Refusal("lab", "this silo", [Member.Here, other])}";
        Assert.Contains("'lab'", text);
        Assert.Contains(other.Description, text);
        Assert.Contains(other.Place, text);
        Assert.Contains(NodeIdentity.Description, text);
    }
}
