using FunctionalStack.Cluster.Silos;
using Orleans.Runtime.Placement;
using Orleans.Runtime;

namespace FunctionalStack.Cluster.Coordinating;

/// <summary>A silo as the coordinator sees it.</summary>
internal sealed class Node(SiloAddress address, INode grain, int cores)
{
    private readonly CancellationTokenSource left = new();
    private readonly Dictionary<string, Task> frames = [];

    public SiloAddress Address => address;

    public int Cores => cores;

    public int Busy { get; set; }

    /// <summary>Whether a call to it has failed, and it has not answered since: it may have died, which takes a moment to be
    /// known.</summary>
    public bool IsSuspect { get; set; }

    /// <summary>Cancelled once the silo has left the cluster: Orleans does not notify an outside caller.</summary>
    public CancellationToken Left => left.Token;

    public void Leave() => left.Cancel();

    /// <summary>Sends a frame, unless it is there or on its way.</summary>
    /// <returns>The bytes that this call sent.</returns>
    public async Task<long> Send(Wire.FrameBytes frame, bool again)
    {
        Task sending;
        long sent = 0;
        lock (frames)
        {
            if (!frames.TryGetValue(frame.Digest, out sending!) || again || sending.IsFaulted)
                frames[frame.Digest] = sending = Send(frame, sent => Interlocked.Add(ref sent, sent));
        }

        await sending.WaitAsync(Left);
        return sent;
    }

    private async Task Send(Wire.FrameBytes frame, Action<long> count)
    {
        for (var at = 0; at < frame.Bytes.Length; at += FitGrain.PartLength)
        {
            var part = frame.Bytes[at..Math.Min(frame.Bytes.Length, at + FitGrain.PartLength)];
            if (!await Hinted(() => grain.Put(frame.Digest, frame.Bytes.Length, at, part)).WaitAsync(Left))
                throw new FrameRefusedException(address, frame.Bytes.Length);
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

/// <summary>A silo does not take a frame.</summary>
internal sealed class FrameRefusedException(SiloAddress address, long bytes)
    : Exception($"node {address} does not take a frame of {bytes} bytes");
