namespace FunctionalStack.Cluster.Silos;

/// <summary>What a silo says about itself.</summary>
/// <param name="Build">The identity of its code and processor (<see cref="NodeIdentity"/>).</param>
/// <param name="Cores">The number of fits that it makes at a time.</param>
/// <param name="Running">The number of fits that it is making.</param>
/// <param name="Waiting">The number of fits that it was given and has not begun.</param>
/// <param name="Made">The number of fits that it has made.</param>
/// <param name="Held">The bytes of the columns and rows that it holds.</param>
/// <param name="Process">Its process number.</param>
/// <param name="Machine">The name of its machine.</param>
[GenerateSerializer, Immutable, Alias("fstack.node")]
public sealed record NodeState(
    [property: Id(0)] string Build,
    [property: Id(1)] int Cores,
    [property: Id(2)] int Running,
    [property: Id(3)] int Waiting,
    [property: Id(4)] long Made,
    [property: Id(5)] long Held,
    [property: Id(6)] int Process,
    [property: Id(7)] string Machine);

/// <summary>A fit for a silo.</summary>
/// <param name="Leaf">The learner and the seed.</param>
/// <param name="Columns">The digest of the columns of all rows.</param>
/// <param name="Rows">The digest of the rows: which to train on, their roles, and which to predict.</param>
/// <param name="HeldOnly">Whether the predictions suffice, so that the model is not sent back.</param>
[GenerateSerializer, Immutable, Alias("fstack.order")]
public sealed record FitOrder(
    [property: Id(0)] byte[] Leaf,
    [property: Id(1)] string Columns,
    [property: Id(2)] string Rows,
    [property: Id(3)] bool HeldOnly);

/// <summary>The answer to an order.</summary>
/// <param name="Status">Whether the fit was made.</param>
/// <param name="Length">The length of the result in bytes.</param>
/// <param name="Digest">The SHA-256 of the result, in hexadecimal.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="First">The first part of the result.</param>
[GenerateSerializer, Immutable, Alias("fstack.answer")]
public sealed record FitAnswer(
    [property: Id(0)] FitStatus Status,
    [property: Id(1)] long Length,
    [property: Id(2)] string Digest,
    [property: Id(3)] string Reason,
    [property: Id(4)] byte[] First);

/// <summary>The outcome of an order.</summary>
[GenerateSerializer, Alias("fstack.status")]
public enum FitStatus
{
    /// <summary>The result is ready.</summary>
    Made,

    /// <summary>The silo does not hold the columns or the rows: send them, and order again.</summary>
    LacksData,

    /// <summary>The silo cannot make this fit as ordered.</summary>
    Refused,

    /// <summary>The fit is not ready: order it again, to wait on.</summary>
    Running,
}

/// <summary>A silo: its state, and the data that it holds. The key is its address.</summary>
[Alias("fstack.INode")]
public interface INode : IGrainWithStringKey
{
    /// <summary>Its state.</summary>
    [Alias("Tell")]
    Task<NodeState> Tell();

    /// <summary>Stores a part of columns or rows. The digest is checked once all of it has come.</summary>
    /// <param name="digest">The digest of the whole.</param>
    /// <param name="length">The length of the whole in bytes.</param>
    /// <param name="at">The place of the part.</param>
    /// <param name="part">The part.</param>
    /// <returns>Whether the part was taken. Not if the whole exceeds the limit of the silo.</returns>
    [Alias("Put")]
    Task<bool> Put(string digest, long length, long at, byte[] part);
}

/// <summary>A fit. The key is that of the fit and whether its model is sent back, so that the same fit is made once, however often it is
/// ordered.</summary>
[Alias("fstack.IFit")]
public interface IFit : IGrainWithStringKey
{
    /// <summary>Makes the fit, or waits for it, for a few seconds.</summary>
    [Alias("Make")]
    Task<FitAnswer> Make(FitOrder order, CancellationToken stop);

    /// <summary>A part of the result.</summary>
    /// <param name="at">Its place.</param>
    [Alias("Part")]
    Task<byte[]> Part(long at);

    /// <summary>The result has been fetched, and need not be kept.</summary>
    [Alias("Drop")]
    Task Drop();
}
