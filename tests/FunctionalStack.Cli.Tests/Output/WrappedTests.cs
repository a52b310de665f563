using FsCheck.Xunit;
using FunctionalStack.Cli.Output;
using Xunit;

namespace FunctionalStack.Cli.Tests.Output;

public class WrappedTests
{
    [Property]
    public void Wrapping_changes_spaces_only_and_no_line_with_a_space_to_break_at_is_too_long(string?[] words, byte width)
    {
        var text = string.Join(' ', words.Select(word => (word ?? "").ReplaceLineEndings("")));
        var wrapped = Wrapped.At(width, text);
        Assert.Equal(Letters(text), Letters(wrapped));
        if (width < 20) return;
        Assert.All(wrapped.Split('\n'), line =>
            Assert.True(line.Length <= width || !line.Trim(' ').Contains(' ') || Indent(line) > width / 2));

        static string Letters(string any) => any.Replace(" ", "").Replace("\n", "");
        static int Indent(string any) => any.Length - any.TrimStart(' ').Length;
    }

    [Fact]
    public void Continuations_are_indented_like_their_line() =>
        Assert.Equal("one two three four\n  numbers: Age,\n  Fare, Embarked",
            Wrapped.At(20, "one two three four\n  numbers: Age, Fare, Embarked"));

    [Fact]
    public void Without_a_width_lines_stay_whole() =>
        Assert.Equal(new string('x', 10) + " " + new string('y', 500), Wrapped.At(null, new string('x', 10) + " " + new string('y', 500)));
}
