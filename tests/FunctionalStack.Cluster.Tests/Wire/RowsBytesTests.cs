using FsCheck.Xunit;
using FunctionalStack.Cluster.Wire;
using FunctionalStack.Laws;
using FunctionalStack.Learners;
using Xunit;

namespace FunctionalStack.Cluster.Tests.Wire;

[Properties(Arbitrary = [typeof(Arbitraries)])]
public class RowsBytesTests
{
    [Property]
    public void Rows_and_roles_come_back(AnyData any, Seed seed, bool some, bool holds)
    {
        EquatableArray<int>? rows = some ? [2, 0, 1] : null;
        EquatableArray<int>? held = holds ? [1, 3] : null;
        var sent = new LeafRows(any.Data.Frame, rows, rows is { } taken ? any.Data.Roles.Take(taken) : any.Data.Roles);
        var read = RowsBytes.Read(RowsBytes.Of(sent, held).Bytes).OrThrow();
        var back = read.Of(any.Data.Frame).OrThrow();
        Assert.Equal(held, read.Held);
        Assert.Equal(new Leaf(new KNearestNeighbors(3), sent, seed).Key, new Leaf(new KNearestNeighbors(3), back, seed).Key);
        Assert.Equal(sent.Roles with { TargetName = "", IdName = null }, back.Roles with { TargetName = "", IdName = null });
    }

    /// <summary>The digest of the content is computed once for a frame, and not taken for that of another.</summary>
    [Property]
    public void Rows_of_another_frame_have_another_key(AnyData any, Seed seed)
    {
        var sent = RowsBytes.Read(RowsBytes.Of(new(any.Data.Frame, null, any.Data.Roles), null).Bytes).OrThrow();
        var (one, other) = (any.Data.Frame, any.Data.Frame.With("another", Column.Numeric.Of(new double[any.Data.RowCount])));
        Assert.NotEqual(KeyOn(one), KeyOn(other));
        Assert.Equal(KeyOn(one), KeyOn(one));

        FitKey? KeyOn(Frame frame) => new Leaf(new KNearestNeighbors(3), sent.Of(frame).OrThrow(), seed).Key;
    }

    [Property]
    public void Rows_that_a_frame_does_not_have_are_refused(AnyData any)
    {
        var frame = any.Data.Frame.Take([0]);
        Assert.IsType<Outcome<LeafRows>.Fail>(new SentRows(null, any.Data.Roles, null).Of(frame));
        Assert.IsType<Outcome<LeafRows>.Fail>(new SentRows([1], any.Data.Roles.Take([1]), null).Of(frame));
        Assert.IsType<Outcome<LeafRows>.Fail>(new SentRows([0], any.Data.Roles.Take([0]), [-1]).Of(frame));
        Assert.IsType<Outcome<LeafRows>.Ok>(new SentRows([0], any.Data.Roles.Take([0]), [0]).Of(frame));
    }

    [Property]
    public void Damaged_rows_never_throw(AnyData any, int at, byte by)
    {
        var damaged = RowsBytes.Of(new(any.Data.Frame, null, any.Data.Roles), [1, 2]).Bytes;
        damaged[(int)((uint)at % damaged.Length)] ^= (byte)(by | 1);
        _ = RowsBytes.Read(damaged).Bind(rows => rows.Of(any.Data.Frame));
    }
}
