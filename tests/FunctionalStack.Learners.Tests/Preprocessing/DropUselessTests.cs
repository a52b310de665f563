using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Preprocessing.Tests;

public class DropUselessTests
{
    private static readonly int[] Rows = [.. Enumerable.Range(0, 60)];

    [Theory]
    [InlineData("constant", true)]
    [InlineData("constantOrMissing", false)]
    [InlineData("missing", true)]
    [InlineData("number", false)]
    [InlineData("falling", false)]
    [InlineData("gaps", false)]
    [InlineData("mixed", false)]
    [InlineData("oneWord", true)]
    [InlineData("oneWordOrMissing", false)]
    [InlineData("noWord", true)]
    [InlineData("key", true)]
    [InlineData("keyOrMissing", true)]
    [InlineData("ticket", false)]
    [InlineData("binary", false)]
    public void Uninformative_columns_are_dropped_with_a_note(string name, bool dropped)
    {
        var data = Tables.Data(
            ("constant", Numbers(_ => 0.1)),
            ("constantOrMissing", Numbers(i => i % 3 == 0 ? double.NaN : 1)),
            ("missing", Numbers(_ => double.NaN)),
            ("number", Numbers(i => i + 892)),
            ("falling", Numbers(i => -i)),
            ("gaps", Numbers(i => i * 5 / 2)),
            ("mixed", Numbers(i => i * 7 % 60)),
            ("oneWord", Words(_ => "a")),
            ("oneWordOrMissing", Words(i => i % 4 == 0 ? "a" : null)),
            ("noWord", Words(_ => null)),
            ("key", Words(i => $"k{i}")),
            ("keyOrMissing", Words(i => i % 2 == 0 ? $"k{i}" : null)),
            ("ticket", Words(i => i < 40 ? $"k{i}" : $"k{i / 2}x")),
            ("binary", Words(i => i == 3 ? "a" : "b")));
        var outcome = new DropUseless().Fit(data, Seed.Of(1));
        Assert.Equal(dropped, outcome.OrThrow().TrainView.Find(name) is null);
        Assert.Equal(dropped,
            outcome.Notes.Any(note =>
            note.ToString().StartsWith($"dropUseless: column '{name}' is left out, since it ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Few_rows_are_not_judged_by_their_keys()
    {
        var data = Tables.Data(("x", Column.Numeric.Of(1, 2, 3)), ("k", Column.Categorical.Of("a", "b", "c")));
        Assert.Equal(data.Frame, new DropUseless().Fit(data, Seed.Of(1)).OrThrow().TrainView);
    }

    [Property(MaxTest = 30)]
    public void The_order_of_rows_means_nothing(int seed)
    {
        var data = Tables.Data(
            ("rising", Numbers(i => i)),
            ("constant", Numbers(_ => 1)),
            ("key", Words(i => $"k{i}")),
            ("word", Words(i => i % 2 == 0 ? "a" : "b")));
        var order = Rows.ToArray();
        Seed.Of(seed).Stream().Shuffle<int>(order);
        var shuffled = data.Take(EquatableArray.Own(order));
        Assert.Equal(
            new DropUseless().Fit(data, Seed.Of(1)).OrThrow().TrainView.Names,
            new DropUseless().Fit(shuffled, Seed.Of(1)).OrThrow().TrainView.Names);
    }

    [Fact]
    public void Rows_of_weight_0_are_ignored_and_new_rows_need_not_have_the_columns()
    {
        var data = Tables.Data(("x", Column.Numeric.Of(1, 1, 2)), ("y", Column.Numeric.Of(1, 2, 3))).WithFrequencies([1, 2, 0]);
        var map = new DropUseless().Fit(data, Seed.Of(1)).OrThrow().Map;
        Assert.Equal(["y"], map.Apply(data.Frame).OrThrow().Names);
        Assert.Equal(["z"], map.Apply(Frame.Of(("z", Column.Numeric.Of(1)))).OrThrow().Names);
    }

    [Fact]
    public void Nothing_useless_leaves_the_very_frame()
    {
        var data = Tables.Data(("x", Column.Numeric.Of(1, 3, 2)));
        Assert.Same(data.Frame, new DropUseless().Fit(data, Seed.Of(1)).OrThrow().TrainView);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        var data = Tables.Data(("x", Column.Numeric.Of(1, 3, 2)));
        Assert.Equal("minShared is 1.5", Tables.FailureOf(new DropUseless(1.5).Fit(data, Seed.Of(1))).What);
        Assert.Equal("minShared is NaN", Tables.FailureOf(new DropUseless(double.NaN).Fit(data, Seed.Of(1))).What);
        Assert.Equal("minLevels is -1", Tables.FailureOf(new DropUseless(MinLevels: -1).Fit(data, Seed.Of(1))).What);
        var absent = Tables.FailureOf(DropColumns.Of("z").Fit(data, Seed.Of(1)));
        Assert.Equal(("column 'z'", "Name one of: x."), (absent.Where, absent.Remedy));
    }

    private static Column Numbers(Func<int, double> of) => Column.Numeric.Of([.. Rows.Select(of)]);

    private static Column Words(Func<int, string?> of) => Column.Categorical.Of([.. Rows.Select(of)]);
}
