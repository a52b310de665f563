using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.IO.Tests.Specs;

public class SpecCommentsTests
{
    [Property(Arbitrary = [typeof(SpecGenerators)])]
    public void A_commented_spec_is_read_as_the_spec(StackSpec spec, string? title)
    {
        var text = SpecFile.WriteCommented(spec, Valid(title ?? "")).OrThrow();
        Assert.Equal(spec, SpecFile.Parse(text, "spec.json").OrThrow());
        Assert.DoesNotContain("*/,", text);
    }

    [Theory]
    [InlineData("/* first */ {\"version\": 1, \"learner\": \"knn\"} // last")]
    [InlineData("{\n// why\n\"version\": 1, /* here */ \"learner\": /* this */ \"knn\"\n}")]
    public void Comments_may_stand_anywhere(string text) =>
        Assert.Equal(SpecFile.Parse("{\"version\": 1, \"learner\": \"knn\"}", "s").OrThrow(), SpecFile.Parse(text, "s").OrThrow());

    [Fact]
    public void An_open_comment_is_refused() =>
        Assert.True(SpecFile.Parse("{\"version\": 1, \"learner\": \"knn\" /* }", "s") is Outcome<StackSpec>.Fail);

    // The writer refuses unpaired surrogates, as in every text.
    private static string Valid(string text) => new([.. text.Where(letter => !char.IsSurrogate(letter))]);
}
