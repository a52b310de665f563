using Xunit;

namespace FunctionalStack.IO.Tests.Records;

public class RecordReaderTests
{
    public enum Size
    {
        Small,
        Large,
    }

    public record Base(int First);

    public record Row(int First, string? Word, bool? Truth, char Letter, Size? Size, decimal Price, DateTime When, object? Loose)
        : Base(First)
    {
        public double Half => First / 2.0;
    }

    public readonly record struct Pair(double X, string Y);

    private static readonly RecordReader<Row> Reader = new(RecordTypes.Usual);

    private static readonly Row[] Rows =
    [
        new(1, "b", true, 'x', Size.Large, 1.5m, DateTime.UnixEpoch, null),
        new(2, "", null, 'y', null, 2m, DateTime.UnixEpoch, null),
        new(3, "a", false, 'x', Size.Small, 3m, DateTime.UnixEpoch, null),
    ];

    private class Hidden
    {
        public string? Age { get; set; } = "hidden";

        public int Legs { get; set; } = 4;
    }

    private sealed class Hiding : Hidden
    {
        public new int Age { get; set; } = 3;
    }

    private interface INamed
    {
        string Name { get; }
    }

    private interface IAnimal : INamed
    {
        int Legs { get; }
    }

    private sealed record Animal(string Name, int Legs) : IAnimal;

    [Fact]
    public void A_property_that_hides_another_is_read_in_its_place() =>
        Assert.Equal(Frame.Of(("Legs", Column.Numeric.Of(4)), ("Age", Column.Numeric.Of(3))),
            new RecordReader<Hiding>(RecordTypes.Usual).Frame([new()]));

    [Fact]
    public void An_interface_is_read_with_the_properties_that_it_inherits() =>
        Assert.Equal(Frame.Of(("Legs", Column.Numeric.Of(4)), ("Name", Column.Categorical.Of("cat"))),
            new RecordReader<IAnimal>(RecordTypes.Usual).Frame([new Animal("cat", 4)]).Select("Legs", "Name"));

    [Fact]
    public void Each_type_is_read_as_its_kind()
    {
        var expected = Frame.Of(
            ("First", Column.Numeric.Of(1, 2, 3)),
            ("Word", Column.Categorical.Of("b", null, "a")),
            ("Truth", Column.Numeric.Of(1, double.NaN, 0)),
            ("Letter", Column.Categorical.Of("x", "y", "x")),
            ("Size", new Column.Categorical(["Small", "Large"], [1, -1, 0])),
            ("Price", Column.Numeric.Of(1.5, 2, 3)),
            ("When:days", Column.Numeric.Of(0, 0, 0)),
            ("When:year", Column.Numeric.Of(1970, 1970, 1970)),
            ("When:month", Column.Numeric.Of(1, 1, 1)),
            ("When:weekday", Column.Numeric.Of(4, 4, 4)),
            ("When:hour", Column.Numeric.Of(0, 0, 0)),
            ("Loose", Column.Numeric.Of(double.NaN, double.NaN, double.NaN)),
            ("Half", Column.Numeric.Of(0.5, 1, 1.5)));
        Assert.Equal(expected, Reader.Frame(Rows));
        Assert.Equal(expected.Names, Reader.Frame([]).Names);
    }

    [Fact]
    public void Structs_are_records_too() => Assert.Equal(
        Frame.Of(("X", Column.Numeric.Of(1)), ("Y", Column.Categorical.Of("a"))), new RecordReader<Pair>(RecordTypes.Usual)
            .Frame([new(1, "a")]));

    [Theory]
    [InlineData(1, null, 2.5, true)]
    [InlineData("b", null, 'a', Size.Small)]
    public void Objects_of_one_kind_are_read_by_their_values(params object?[] values)
    {
        var column = Reader.Frame([.. values.Select(value => Rows[0] with { Loose = value })])["Loose"];
        Column expected = values[0] is int ? Column.Numeric.Of(1, double.NaN, 2.5, 1) : Column.Categorical.Of("b", null, "a", "Small");
        Assert.Equal(expected, column);
    }

    [Theory]
    [InlineData(1, "a")]
    [InlineData(1, typeof(int))]
    public void Objects_of_several_kinds_are_no_column(params object?[] values) =>
        Assert.Null(Reader.Frame([.. values.Select(value => Rows[0] with { Loose = value })]).Find("Loose"));

    /// <summary>A service reads one record per call: reading then compiles nothing, and allocates a few objects per column.</summary>
    [Fact]
    public void Reading_again_costs_little()
    {
        Row[] one = [Rows[0]];
        Reader.Frame(one);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Reader.Frame(one);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 10_000);
    }
}
