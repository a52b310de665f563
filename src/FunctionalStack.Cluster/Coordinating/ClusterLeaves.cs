using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using FunctionalStack.Cluster.Silos;
using FunctionalStack.Cluster.Wire;
using FunctionalStack.IO;

namespace FunctionalStack.Cluster.Coordinating;

/// <summary>What a cluster did for a run.</summary>
/// <param name="Silos">The silos that are there now.</param>
/// <param name="InFlight">The fits that they are making now.</param>
/// <param name="Fits">The fits that silos made.</param>
/// <param name="Again">Orders that were repeated, since a silo left or a message was lost.</param>
/// <param name="Here">Fits that were made here: their learners have no name in specs, or no silo was left.</param>
/// <param name="Sent">The bytes of columns, rows and orders that were sent.</param>
/// <param name="Fetched">The bytes of results that were fetched.</param>
public sealed record ClusterReport(int Silos, int InFlight, long Fits, long Again, long Here, long Sent, long Fetched);

/// <summary>Fits leaves on the silos of a cluster. The results are those of this process, bit for bit.</summary>
internal sealed class ClusterLeaves(IGrainFactory grains, SlotPool pool, SpecNames names, ModelRegistry registry, TimeSpan wait)
{
    // A fit that fails as often on every silo is no matter of a lost message.
    private const int MostAttempts = 20;

    // Every call is answered within some seconds. One that is not is lost: what was meant for one silo may have been routed to another,
    // which died, and nobody says so.
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(300);

    // Compared by identity: encoding them again would cost more than the comparison.
    private readonly ConditionalWeakTable<Frame, Blob> columns = [];
    private readonly ConditionalWeakTable<RowsDigest, ConcurrentDictionary<Held, Blob>> rows = [];
    private readonly ConditionalWeakTable<ILearner, StrongBox<byte[]?>> learners = [];
    private readonly ConditionalWeakTable<IModel, HeldOut> predicted = [];
    private long fits;
    private long again;
    private long here;
    private long sent;
    private long fetched;

    public ClusterReport Report => new(pool.Nodes.Length, pool.Busy, Interlocked.Read(ref fits), Interlocked.Read(ref again),
        Interlocked.Read(ref here), Interlocked.Read(ref sent), Interlocked.Read(ref fetched));

    public Outcome<IModel> Fit(Leaf leaf, WorkSharing work, CancellationToken cancellation)
    {
        if (leaf.Key is not { } key || LearnerOf(leaf) is not { } learner) return Here(leaf, work);
        var sent = new Sent(LeafBytes.Of(learner, leaf.Seed), columns.GetValue(leaf.Rows.AllRows, FrameBytes.Of),
            rows.GetValue(leaf.Rows.Digest, _ => []).GetOrAdd(new(leaf.Held), held => RowsBytes.Of(leaf.Rows, held.Rows)));
        var (last, heldOnly) = ("", leaf.HeldOnly);
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (pool.Take(wait, cancellation) is not { } node) return Here(leaf, work);
            var (answered, answer) = (false, default((Failure? Failure, byte[]? Result)));
            try
            {
                answer = Ask(node, key, sent with { HeldOnly = heldOnly }, cancellation).GetAwaiter().GetResult();
                answered = true;
                last = "its result was damaged on its way";
            }
            catch (Exception exception) when (IsOfTheNetwork(exception, node) && !cancellation.IsCancellationRequested)
            {
                last = exception.Message;
            }
            finally
            {
                // The silo is free for the next fit while the result is read.
                pool.Return(node, failed: !answered);
            }

            if (answer.Failure is { } failure) return new Outcome<IModel>.Fail(failure);
            if (answer.Result is { } result && ResultBytes.Read(result, key, registry) is { } made)
            {
                if (made.Model is not Outcome<IModel>.Ok { Value: HeldOnlyModel } || made.Rows == sent.Rows.Digest)
                    return Received(leaf, sent, made);
                // Another order of this fit came first, with other rows to predict.
                heldOnly = false;
                continue;
            }

            Interlocked.Increment(ref again);
            cancellation.WaitHandle.WaitOne(pause);
        }

        return Outcome.Fail<IModel>("the cluster", $"did not make a fit of {leaf.Learner.Name} in {MostAttempts} attempts: {last}",
            "Look at the silos with 'fstack cluster status'.");
    }

    /// <summary>Predicts rows, unless the silo that made the model has.</summary>
    public Outcome<Prediction> Predict(IModel model, LeafRows held, CancellationToken cancellation)
    {
        if (!predicted.TryGetValue(model, out var known)) return model.Predict(held.Frame);
        if (!ReferenceEquals(known.Leaf.Rows.AllRows, held.AllRows) || known.Leaf.Held != held.Rows)
        {
            // Other rows than the graph announced: the model is needed after all.
            return (model is HeldOnlyModel ? Fit(known.Leaf with { HeldOnly = false }, WorkSharing.None, cancellation) : Outcome.Ok(model))
                .Bind(made => made.Predict(held.Frame));
        }

        predicted.Remove(model);
        return known.Prediction;
    }

    private byte[]? LearnerOf(Leaf leaf) =>
        learners.GetValue(leaf.Learner, learner => new(LeafBytes.Of(learner, names))).Value;

    private Outcome<IModel> Received(Leaf leaf, Sent sent, FitResult result)
    {
        Interlocked.Increment(ref fits);
        if (result is { Held: { } held, Model: Outcome<IModel>.Ok { Value: var model } } && result.Rows == sent.Rows.Digest)
            predicted.AddOrUpdate(model, new(leaf, held));
        return result.Model;
    }

    private Outcome<IModel> Here(Leaf leaf, WorkSharing work)
    {
        Interlocked.Increment(ref here);
        return Leaves.Here.Fit(leaf, work);
    }

    // Neither a failure nor a result if the result is damaged.
    private async Task<(Failure? Failure, byte[]? Result)> Ask(Node node, FitKey key, Sent order, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(node.Left, cancellation);
        var grain = grains.GetGrain<IFit>(FitGrain.NameOf(key, order.HeldOnly));
        var answer = await Make(again: false);
        // The silo dropped it for others, or the fit lives on a silo that never had it.
        if (answer.Status == FitStatus.LacksData) answer = await Make(again: true);
        if (answer.Status == FitStatus.LacksData) throw new DataLackingException(node.Address);
        if (answer.Status == FitStatus.Refused)
            return (new($"node {node.Address}", answer.Reason, "Use one build of fstack on every node."), null);
        var result = new byte[answer.Length];
        for (var (part, at) = (answer.First, 0L); at < result.Length;)
        {
            if (part.Length == 0 || at + part.Length > result.Length) return default;
            part.CopyTo(result, at);
            at += part.Length;
            if (at < result.Length) part = await grain.Part(at).WaitAsync(patience, stop.Token);
        }

        if (Blob.DigestOf(result) != answer.Digest) return default;
        Interlocked.Add(ref fetched, result.Length);
        // Nobody waits for it: a result that is not dropped goes after some minutes.
        _ = grain.Drop().ContinueWith(done => done.Exception, TaskScheduler.Default);
        return (null, result);

        async Task<FitAnswer> Make(bool again)
        {
            await node.Send(order.Columns, again, Count);
            await node.Send(order.Rows, again, Count);
            while (true)
            {
                Count(order.Leaf.Length);
                var answer = await node.Hinted(() => grain.Make(new(order.Leaf, order.Columns.Digest, order.Rows.Digest, order.HeldOnly), stop.Token))
                    .WaitAsync(patience, stop.Token);
                if (answer.Status != FitStatus.Running) return answer;
            }
        }

        void Count(long bytes) => Interlocked.Add(ref sent, bytes);
    }

    // Exceptions of a silo come here as any type. A fit does not throw: its failures are results.
    private static bool IsOfTheNetwork(Exception exception, Node node) =>
        exception is not OperationCanceledException || node.Left.IsCancellationRequested;

    private sealed record Sent(byte[] Leaf, Blob Columns, Blob Rows, bool HeldOnly = false);

    private sealed record HeldOut(Leaf Leaf, Outcome<Prediction> Prediction);

    // A key of a dictionary must not be null.
    private readonly record struct Held(EquatableArray<int>? Rows);
}
