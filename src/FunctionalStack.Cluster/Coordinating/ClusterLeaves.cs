using System.Runtime.CompilerServices;
using FunctionalStack.Cluster.Silos;
using FunctionalStack.Cluster.Wire;
using FunctionalStack.IO;
using Orleans.Runtime;

namespace FunctionalStack.Cluster.Coordinating;

/// <summary>What a cluster did for a run.</summary>
/// <param name="Silos">The silos that are there now.</param>
/// <param name="Fits">The fits that silos made.</param>
/// <param name="Again">Orders that were repeated, since a silo left or a message was lost.</param>
/// <param name="Here">Fits that were made here: their learners have no name in specs, or no silo was left.</param>
/// <param name="Sent">The bytes of frames and orders that were sent.</param>
/// <param name="Fetched">The bytes of results that were fetched.</param>
public sealed record ClusterReport(int Silos, long Fits, long Again, long Here, long Sent, long Fetched);

/// <summary>Fits leaves on the silos of a cluster. The results are those of this process, bit for bit.</summary>
internal sealed class ClusterLeaves(IGrainFactory grains, SlotPool pool, SpecNames names, ModelRegistry registry, TimeSpan wait)
{
    // A fit that fails as often on every silo is no matter of a lost message.
    private const int MostAttempts = 20;

    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(300);

    // Frames are compared by identity: encoding them again would cost more than the comparison.
    private readonly ConditionalWeakTable<Frame, FrameBytes> frames = [];
    private long fits;
    private long again;
    private long here;
    private long sent;
    private long fetched;

    public ClusterReport Report => new(pool.Nodes.Length, Interlocked.Read(ref fits), Interlocked.Read(ref again),
        Interlocked.Read(ref here), Interlocked.Read(ref sent), Interlocked.Read(ref fetched));

    public Outcome<IModel> Fit(Leaf leaf, WorkSharing work, CancellationToken cancellation)
    {
        if (leaf.Key is not { } key || LeafBytes.Of(leaf, names) is not { } bytes) return Here(leaf, work);
        var frame = frames.GetValue(leaf.Rows.AllRows, FrameBytes.Of);
        var order = new FitOrder(bytes, frame.Digest);
        var last = "";
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (pool.Take(wait, cancellation) is not { } node) return Here(leaf, work);
            var failed = true;
            try
            {
                var made = Ask(node, key, order, frame, cancellation).GetAwaiter().GetResult();
                failed = false;
                if (made is not null)
                {
                    Interlocked.Increment(ref fits);
                    return made;
                }

                last = "its result was damaged on its way";
            }
            catch (Exception exception) when (IsOfTheNetwork(exception, node) && !cancellation.IsCancellationRequested)
            {
                last = exception.Message;
            }
            finally
            {
                pool.Return(node, failed);
            }

            Interlocked.Increment(ref again);
            cancellation.WaitHandle.WaitOne(pause);
        }

        return Outcome.Fail<IModel>("the cluster", $"did not make a fit of {leaf.Learner.Name} in {MostAttempts} attempts: {last}",
            "Look at the silos with 'fstack cluster status'.");
    }

    private Outcome<IModel> Here(Leaf leaf, WorkSharing work)
    {
        Interlocked.Increment(ref here);
        return Leaves.Here.Fit(leaf, work);
    }

    // Null if the result is damaged.
    private async Task<Outcome<IModel>?> Ask(Node node, FitKey key, FitOrder order, FrameBytes frame, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(node.Left, cancellation);
        var grain = grains.GetGrain<IFit>(key.Hex);
        Interlocked.Add(ref sent, await node.Send(frame, again: false) + order.Leaf.Length);
        var answer = await Make();
        if (answer.Status == FitStatus.LacksFrame)
        {
            // The silo dropped it for others, or the fit lives on a silo that never had it.
            Interlocked.Add(ref sent, await node.Send(frame, again: true));
            answer = await Make();
        }

        if (answer.Status == FitStatus.LacksFrame) return null;
        if (answer.Status == FitStatus.Refused)
            return Outcome.Fail<IModel>($"node {node.Address}", answer.Reason, "Use one build of fstack on every node.");
        var result = new byte[answer.Length];
        for (long at = 0; at < result.Length;)
        {
            var part = await grain.Part(at).WaitAsync(stop.Token);
            if (part.Length == 0 || at + part.Length > result.Length) return null;
            part.CopyTo(result, at);
            at += part.Length;
        }

        if (FrameBytes.DigestOf(result) != answer.Digest) return null;
        Interlocked.Add(ref fetched, result.Length);
        var made = ResultBytes.Read(result, key, registry);
        if (made is not null) await grain.Drop().WaitAsync(stop.Token);
        return made;

        Task<FitAnswer> Make() => node.Hinted(() => grain.Make(order, stop.Token)).WaitAsync(stop.Token);
    }

    private static bool IsOfTheNetwork(Exception exception, Node node) =>
        exception is OrleansException or TimeoutException or FrameRefusedException or IOException
        || (exception is OperationCanceledException && node.Left.IsCancellationRequested);
}
