using FsCheck.Xunit;
using FunctionalStack.Cluster.Wire;
using FunctionalStack.Laws;
using Xunit;

namespace FunctionalStack.Cluster.Tests.Wire;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class FrameBytesTests
{
    [Property]
    public void A_frame_comes_back_with_every_bit(Frame frame)
    {
        var bytes = FrameBytes.Of(frame);
        Assert.Equal(frame, FrameBytes.Read(bytes.Bytes).OrThrow());
    }

    [Property]
    public void Rows_of_a_frame_come_back_alone(AnyData any)
    {
        var some = any.Data.Frame.Take([2, 0, 2]);
        var bytes = FrameBytes.Of(some);
        Assert.Equal(some, FrameBytes.Read(bytes.Bytes).OrThrow());
    }

    [Fact]
    public void The_origins_of_predictions_come_back()
    {
        PredictionOrigin[] origins = [new("a", "yes"), new("a", null, StackMethod.Labels), new("b", "no", StackMethod.LogProbabilities)];
        var frame = new Frame(2, EquatableArray.From(origins.Select((origin, i) =>
            new NamedColumn($"{i}", Column.Numeric.Of(i, double.NaN)) { Origin = origin })));
        var bytes = FrameBytes.Of(frame);
        var read = FrameBytes.Read(bytes.Bytes).OrThrow();
        Assert.Equal(origins, read.Columns.Select(column => column.Origin));
    }

    [Property]
    public void Bytes_that_are_no_frame_are_refused_or_read_but_never_throw(byte[]? any)
    {
        var bytes = any ?? [];
        _ = FrameBytes.Read(bytes);
    }

    [Property]
    public void A_damaged_frame_never_throws(Frame frame, int at, byte by)
    {
        var damaged = FrameBytes.Of(frame).Bytes;
        damaged[(int)((uint)at % damaged.Length)] ^= by;
        _ = FrameBytes.Read(damaged);
    }
}
