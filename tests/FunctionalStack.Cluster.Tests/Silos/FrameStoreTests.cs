using FunctionalStack.Cluster.Silos;
using FunctionalStack.Cluster.Wire;
using Xunit;

namespace FunctionalStack.Cluster.Tests.Silos;

public class FrameStoreTests
{
    private static FrameBytes Of(double value) =>
        FrameBytes.Of(Frame.Of(("x", new Column.Numeric(EquatableArray.From(Enumerable.Repeat(value, 100))))));

    [Fact]
    public void A_frame_is_held_once_all_parts_have_come()
    {
        var (store, frame) = (new FrameStore(10_000), Of(1));
        Assert.True(store.Put(frame.Digest, frame.Bytes.Length, 0, frame.Bytes[..100]));
        Assert.Null(store.Find(frame.Digest));
        Assert.True(store.Put(frame.Digest, frame.Bytes.Length, 100, frame.Bytes[100..]));
        Assert.Equal(FrameBytes.Read(frame.Bytes, frame.Digest).OrThrow(), store.Find(frame.Digest));
    }

    [Fact]
    public void Parts_out_of_bounds_large_frames_and_other_digests_are_refused()
    {
        var (store, frame) = (new FrameStore(10_000), Of(1));
        Assert.False(store.Put(frame.Digest, 20_000, 0, frame.Bytes));
        Assert.False(store.Put(frame.Digest, -1, 0, frame.Bytes));
        Assert.False(store.Put(frame.Digest, frame.Bytes.Length, 1, frame.Bytes));
        Assert.False(store.Put(frame.Digest, frame.Bytes.Length, -1, frame.Bytes));
        Assert.False(store.Put(frame.Digest, frame.Bytes.Length, 100, frame.Bytes[100..]));
        Assert.False(store.Put("other", frame.Bytes.Length, 0, frame.Bytes));
        Assert.Null(store.Find("other"));
    }

    [Fact]
    public void The_least_recently_used_frame_goes_first()
    {
        FrameBytes[] frames = [Of(1), Of(2), Of(3)];
        var store = new FrameStore(2 * frames[0].Bytes.Length);
        foreach (var frame in frames[..2]) store.Put(frame.Digest, frame.Bytes.Length, 0, frame.Bytes);
        Assert.NotNull(store.Find(frames[0].Digest));
        store.Put(frames[2].Digest, frames[2].Bytes.Length, 0, frames[2].Bytes);
        Assert.NotNull(store.Find(frames[0].Digest));
        Assert.Null(store.Find(frames[1].Digest));
    }
}
