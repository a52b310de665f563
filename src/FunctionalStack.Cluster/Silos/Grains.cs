using FunctionalStack.Cluster.Wire;
using FunctionalStack.IO;
using Orleans.Concurrency;

namespace FunctionalStack.Cluster.Silos;

/// <summary>What the grains of a silo share.</summary>
internal sealed record SiloParts(Bench Bench, FrameStore Frames, SpecNames Names, ModelRegistry Registry)
{
    public static SiloParts Of(int cores, long bytes, Catalogue? catalogue) =>
        new(new(cores), new(bytes), SpecNames.Of(catalogue), JournalEntry.Registered(catalogue ?? Library.Catalogue));
}

[Reentrant, GrainType("node")]
internal sealed class NodeGrain(SiloParts parts) : Grain, INode
{
    public Task<NodeState> Tell() => Task.FromResult(new NodeState(NodeIdentity.Here, parts.Bench.Cores, parts.Bench.Running,
        parts.Bench.Waiting, parts.Bench.Made, parts.Frames.Bytes, Environment.ProcessId, Environment.MachineName));

    public Task<bool> Has(string digest) => Task.FromResult(parts.Frames.Find(digest) is not null);

    public Task<bool> Put(string digest, long length, long at, byte[] part) =>
        Task.FromResult(parts.Frames.Put(digest, length, at, part));
}

// Reentrant: all who order the same fit wait for one run.
[Reentrant, GrainType("fit"), CollectionAgeLimit(Minutes = 5)]
internal sealed class FitGrain(SiloParts parts) : Grain, IFit
{
    /// <summary>Far below the largest message of Orleans, beyond which a connection is closed without a word.</summary>
    public const int PartLength = 1 << 20;

    private Task<(FitAnswer Answer, byte[] Result)>? run;

    public async Task<FitAnswer> Make(FitOrder order, CancellationToken stop)
    {
        if (run is null or { IsFaulted: true } or { IsCanceled: true })
        {
            if (parts.Frames.Find(order.Frame) is not { } frame)
            {
                // The next order may place it on the silo that the frame is sent to.
                DeactivateOnIdle();
                return new(FitStatus.LacksFrame, 0, "", "");
            }

            var key = this.GetPrimaryKeyString();
            // The run goes on if the one who ordered it stops: another may have ordered it too.
            run = parts.Bench.Run(() => Made(order, frame, key), CancellationToken.None);
        }

        return (await run.WaitAsync(stop)).Answer;
    }

    public async Task<byte[]> Part(long at)
    {
        var result = run is null ? [] : (await run).Result;
        return at < 0 || at >= result.Length ? [] : result[(int)at..(int)Math.Min(result.Length, at + PartLength)];
    }

    public Task Drop()
    {
        run = null;
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private (FitAnswer Answer, byte[] Result) Made(FitOrder order, Frame frame, string ordered) =>
        LeafBytes.Read(order.Leaf, frame, parts.Names).Bind(leaf => leaf.Key is { } key && key.Hex == ordered
            ? ResultBytes.Of(key, Leaves.Here.Fit(leaf, WorkSharing.None), parts.Registry)
            : Outcome.Fail<byte[]>("a fit", $"has another key on node {Environment.MachineName}, whose build is {NodeIdentity.Here}",
                "Use one build and one kind of processor on every node.")).Match(
            result => (new FitAnswer(FitStatus.Made, result.Length, FrameBytes.DigestOf(result), ""), result),
            failure => (new FitAnswer(FitStatus.Refused, 0, "", $"{failure}"), []));
}
