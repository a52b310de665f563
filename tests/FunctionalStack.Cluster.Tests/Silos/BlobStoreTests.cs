using FunctionalStack.Cluster.Silos;
using FunctionalStack.Cluster.Wire;
using Xunit;

namespace FunctionalStack.Cluster.Tests.Silos;

public class BlobStoreTests
{
    // Draws, so that nothing is compressed.
    private static Blob Of(int seed)
    {
        var stream = Seed.Of(seed).Stream();
        return FrameBytes.Of(Frame.Of(("x", new Column.Numeric(EquatableArray.From(
            Enumerable.Range(0, 100).Select(_ => stream.NextNormal()))))));
    }

    [Fact]
    public void A_frame_is_held_once_all_parts_have_come()
    {
        var (store, frame) = (new BlobStore(10_000), Of(1));
        Assert.True(store.Put(frame.Digest, frame.Bytes.Length, 0, frame.Bytes[..100]));
        Assert.Null(store.Find<Frame>(frame.Digest));
        Assert.True(store.Put(frame.Digest, frame.Bytes.Length, 100, frame.Bytes[100..]));
        Assert.Equal(FrameBytes.Read(frame.Bytes).OrThrow(), store.Find<Frame>(frame.Digest));
    }

    [Fact]
    public void Parts_out_of_bounds_large_frames_and_other_digests_are_refused()
    {
        var (store, frame) = (new BlobStore(10_000), Of(1));
        Assert.False(store.Put(frame.Digest, 20_000, 0, frame.Bytes));
        Assert.False(store.Put(frame.Digest, -1, 0, frame.Bytes));
        Assert.False(store.Put(frame.Digest, frame.Bytes.Length, 1, frame.Bytes));
        Assert.False(store.Put(frame.Digest, frame.Bytes.Length, -1, frame.Bytes));
        Assert.False(store.Put(frame.Digest, frame.Bytes.Length, 100, frame.Bytes[100..]));
        Assert.False(store.Put("other", frame.Bytes.Length, 0, frame.Bytes));
        Assert.Null(store.Find<Frame>("other"));
    }

    [Fact]
    public void The_least_recently_used_frame_goes_first()
    {
        Blob[] frames = [Of(1), Of(2), Of(3)];
        var store = new BlobStore(2 * Blob.LengthOf(frames[0].Bytes)!.Value);
        foreach (var frame in frames[..2]) store.Put(frame.Digest, frame.Bytes.Length, 0, frame.Bytes);
        Assert.NotNull(store.Find<Frame>(frames[0].Digest));
        store.Put(frames[2].Digest, frames[2].Bytes.Length, 0, frames[2].Bytes);
        Assert.NotNull(store.Find<Frame>(frames[0].Digest));
        Assert.Null(store.Find<Frame>(frames[1].Digest));
    }

    [Fact]
    public void What_comes_twice_is_held_once()
    {
        var (store, frame) = (new BlobStore(10_000), Of(1));
        store.Put(frame.Digest, frame.Bytes.Length, 0, frame.Bytes);
        var held = store.Bytes;
        Assert.True(store.Put(frame.Digest, frame.Bytes.Length, 0, frame.Bytes));
        Assert.Equal(held, store.Bytes);
    }

    [Fact]
    public void What_never_arrives_whole_takes_no_memory_beyond_the_bound()
    {
        var store = new BlobStore(3000);
        for (var seed = 0; seed < 20; seed++)
        {
            var frame = Of(seed);
            Assert.True(store.Put(frame.Digest, frame.Bytes.Length, 0, frame.Bytes[..10]));
        }

        Assert.InRange(store.Bytes, 1, 3000);
    }

    [Fact]
    public void A_small_message_with_large_content_is_refused()
    {
        var zeros = FrameBytes.Of(Frame.Of(("x", new Column.Numeric(EquatableArray.From(new double[10_000])))));
        Assert.InRange(zeros.Bytes.Length, 1, 1000);
        Assert.False(new BlobStore(1000).Put(zeros.Digest, zeros.Bytes.Length, 0, zeros.Bytes));
        Assert.True(new BlobStore(100_000).Put(zeros.Digest, zeros.Bytes.Length, 0, zeros.Bytes));
    }

    [Fact]
    public void Columns_are_not_taken_for_rows()
    {
        var (store, frame) = (new BlobStore(10_000), Of(1));
        store.Put(frame.Digest, frame.Bytes.Length, 0, frame.Bytes);
        Assert.Null(store.Find<SentRows>(frame.Digest));
    }
}
