using FunctionalStack.Cluster.Silos;
using Orleans.Runtime.Placement;
using Orleans.Runtime;

namespace FunctionalStack.Cluster.Coordinating;

/// <summary>A silo as the coordinator sees it.</summary>
internal sealed class Node(SiloAddress address, INode grain, int cores)
{
    // For a part of 1 MiB.
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource left = new();
    private readonly Dictionary<string, Task> sent = [];

    public SiloAddress Address => address;

    public int Cores => cores;

    public int Busy { get; set; }

    /// <summary>Whether a call to it has failed, and it has not answered since: it may have died, which takes a moment to be
    /// known.</summary>
    public bool IsSuspect { get; set; }

    /// <summary>Cancelled once the silo has left the cluster: Orleans does not notify an outside caller.</summary>
    public CancellationToken Left => left.Token;

    public void Leave() => left.Cancel();

    /// <summary>Sends columns or rows, unless they are there or on their way.</summary>
    /// <param name="blob">The bytes.</param>
    /// <param name="again">Whether they are sent although they were before.</param>
    /// <param name="count">Called with the number of bytes of each part that is sent.</param>
    public async Task Send(Wire.Blob blob, bool again, Action<long> count)
    {
        Task sending;
        lock (sent)
        {
            if (!sent.TryGetValue(blob.Digest, out sending!) || again || sending.IsFaulted || sending.IsCanceled)
                sent[blob.Digest] = sending = Send(blob, count);
        }

        await sending.WaitAsync(Left);
    }

    private async Task Send(Wire.Blob blob, Action<long> count)
    {
        for (var at = 0; at < blob.Bytes.Length; at += FitGrain.PartLength)
        {
            var part = blob.Bytes[at..Math.Min(blob.Bytes.Length, at + FitGrain.PartLength)];
            if (!await Hinted(() => grain.Put(blob.Digest, blob.Bytes.Length, at, part)).WaitAsync(patience, Left))
                throw new DataRefusedException(address, blob.Bytes.Length);
            count(part.Length);
        }
    }

    public Task<NodeState> Tell() => Hinted(grain.Tell);

    /// <summary>Calls a grain that is to live on this silo.</summary>
    public Task<T> Hinted<T>(Func<Task<T>> call) => Hinted(address, call);

    public static Task<T> Hinted<T>(SiloAddress address, Func<Task<T>> call)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, address);
        try
        {
            return call();
        }
        finally
        {
            RequestContext.Remove(IPlacementDirector.PlacementHintKey);
        }
    }
}

/// <summary>A silo does not hold columns or rows that it was sent.</summary>
internal sealed class DataLackingException(SiloAddress address) : Exception($"node {address} does not hold the data that it was sent");

/// <summary>A silo does not take columns or rows.</summary>
internal sealed class DataRefusedException(SiloAddress address, long bytes)
    : Exception($"node {address} does not take data of {bytes} bytes: its --memory is too small");
