using FsCheck.Xunit;
using Xunit;

namespace FunctionalStack.Neural.Tests.Trainings;

public class ExamplesTests
{
    [Property]
    public void Pixels_are_read_as_x_over_255(byte[] some, byte rows)
    {
        // More than two vectors of any width, and a rest.
        var size = 131 + some.Length;
        var pixels = Enumerable.Range(0, size * (rows % 3 + 1)).Select(i => (byte)(i * 37 + (some.Length > 0 ? some[i % some.Length] : 0)))
            .ToArray();
        var examples = new Examples.Bytes(Shape.Vector(size), EquatableArray.Of(pixels));
        var read = new float[size];
        for (var row = 0; row < examples.Count; row++)
        {
            examples.CopyTo(row, read);
            Assert.Equal(pixels.Skip(row * size).Take(size).Select(pixel => pixel / 255f), read);
        }
    }

    [Property]
    public void Taken_rows_are_read_as_they_were(byte[] picks)
    {
        var bytes = new Examples.Bytes(new(2, 1, 3), EquatableArray.From(Enumerable.Range(0, 60).Select(i => (byte)(i * 4))));
        var rows = EquatableArray.From(picks.Select(pick => pick % 10));
        foreach (var examples in new Examples[] { bytes, Cases.Inputs(new(2, 1, 3), 10) })
        {
            var taken = examples.Take(rows);
            Assert.Equal(rows.Count, taken.Count);
            var (before, after) = (new float[6], new float[6]);
            for (var i = 0; i < rows.Count; i++)
            {
                examples.CopyTo(rows[i], before);
                taken.CopyTo(i, after);
                Assert.Equal(before, after);
            }
        }
    }

    [Fact]
    public void Numbers_that_are_no_whole_examples_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Examples.Bytes(new(2, 2, 1), EquatableArray.Of<byte>(1, 2, 3)));
        Assert.Throws<ArgumentException>(() => new Examples.Floats(new(2, 2, 1), EquatableArray.Of(1f, 2, 3)));
        Assert.Throws<ArgumentException>(() =>
            new LabelledExamples(new Examples.Floats(new(1, 1, 1), EquatableArray.Of(1f, 2, 3)), new Target.Numeric([1, 2])));
    }
}
