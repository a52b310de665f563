using FunctionalStack.Cluster.Wire;
using FunctionalStack.IO;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace FunctionalStack.Cluster.Silos;

/// <summary>What the grains of a silo share.</summary>
internal sealed record SiloParts(Bench Bench, BlobStore Blobs, SpecNames Names, ModelRegistry Registry)
{
    public static SiloParts Of(int cores, long bytes, Catalogue? catalogue) =>
        new(new(cores), new(bytes), SpecNames.Of(catalogue), ResultBytes.Registry(catalogue ?? Library.Catalogue));
}

[Reentrant, GrainType("node")]
internal sealed class NodeGrain(SiloParts parts, ILocalSiloDetails silo) : Grain, INode
{
    public Task<NodeState> Tell()
    {
        ThrowIfElsewhere();
        return Task.FromResult(new NodeState(NodeIdentity.Here, parts.Bench.Cores, parts.Bench.Running, parts.Bench.Waiting,
            parts.Bench.Made, parts.Blobs.Bytes, Environment.ProcessId, Environment.MachineName));
    }

    public Task<bool> Put(string digest, long length, long at, byte[] part)
    {
        ThrowIfElsewhere();
        return Task.FromResult(parts.Blobs.Put(digest, length, at, part));
    }

    // A placement hint is ignored if the silo that places the grain has not yet heard of the one that is meant. Later calls would come
    // here too.
    private void ThrowIfElsewhere()
    {
        if (this.GetPrimaryKeyString() == silo.SiloAddress.ToParsableString()) return;
        DeactivateOnIdle();
        throw new SiloUnavailableException($"the grain of silo {this.GetPrimaryKeyString()} was placed on {silo.SiloAddress}");
    }
}

// Reentrant: all who order the same fit wait for one run.
[Reentrant, GrainType("fit"), CollectionAgeLimit(Minutes = 5)]
internal sealed class FitGrain(SiloParts parts) : Grain, IFit
{
    /// <summary>Far below the largest message of Orleans, beyond which a connection is closed without a word.</summary>
    public const int PartLength = 1 << 20;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);

    private Task<(FitAnswer Answer, byte[] Result)>? run;

    /// <summary>The name of the grain that makes a fit.</summary>
    public static string NameOf(FitKey key, bool heldOnly) => heldOnly ? $"{key.Hex}:predictions" : key.Hex;

    public async Task<FitAnswer> Make(FitOrder order, CancellationToken stop)
    {
        if (run is null or { IsFaulted: true } or { IsCanceled: true })
        {
            if (parts.Blobs.Find<Frame>(order.Columns) is not { } frame || parts.Blobs.Find<SentRows>(order.Rows) is not { } rows)
            {
                // The next order may place it on the silo that the data is sent to.
                DeactivateOnIdle();
                return new(FitStatus.LacksData, 0, "", "", []);
            }

            var key = this.GetPrimaryKeyString();
            // The run goes on if the one who ordered it stops: another may have ordered it too.
            run = parts.Bench.Run(() => Made(order, frame, rows, key), CancellationToken.None);
        }

        // Each call ends soon, so that one that is lost is noticed: a caller is never notified that a silo died.
        await Task.WhenAny(run, Task.Delay(patience, stop));
        return run.IsCompleted ? (await run).Answer : new(FitStatus.Running, 0, "", "", []);
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

    private (FitAnswer Answer, byte[] Result) Made(FitOrder order, Frame frame, SentRows rows, string ordered) =>
        (from of in rows.Of(frame)
         from leaf in LeafBytes.Read(order.Leaf, of, parts.Names)
         from bytes in leaf.Key is { } key && NameOf(key, order.HeldOnly) == ordered
             ? ResultBytes.Of(key, Made(leaf, rows.Held, order), parts.Registry)
             : Outcome.Fail<byte[]>("a fit", $"has another key on node {Environment.MachineName}, whose build is {NodeIdentity.Here}",
                 "Use one build and one kind of processor on every node.")
         select bytes).Match(
            result => (new FitAnswer(FitStatus.Made, result.Length, Blob.DigestOf(result), "",
                result[..Math.Min(result.Length, PartLength)]), result),
            failure => (new FitAnswer(FitStatus.Refused, 0, "", $"{failure}", []), []));

    // The rows are predicted where the model is: the one who ordered it need not.
    private static FitResult Made(Leaf leaf, EquatableArray<int>? held, FitOrder order)
    {
        var model = Leaves.Here.Fit(leaf, WorkSharing.None);
        var predicted = held is { } taken && model is Outcome<IModel>.Ok made
            ? made.Value.Predict(leaf.Rows.AllRows.Take(taken)) as Outcome<Prediction>.Ok : null;
        return new(order.HeldOnly && predicted is not null ? model.Map<IModel>(_ => new HeldOnlyModel()) : model, order.Rows, predicted);
    }
}
