using FunctionalStack.Cluster.Silos;
using Orleans.Runtime;

namespace FunctionalStack.Cluster.Coordinating;

/// <summary>Keeps the pool of silos up to date.</summary>
internal sealed class Watch : IDisposable
{
    private static readonly TimeSpan period = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(2);

    private readonly IGrainFactory grains;
    private readonly SlotPool pool;
    private readonly Action<string> note;
    private readonly CancellationTokenSource stop = new();
    private readonly HashSet<SiloAddress> others = [];
    private readonly Thread thread;

    public Watch(IGrainFactory grains, SlotPool pool, Action<string> note)
    {
        (this.grains, this.pool, this.note) = (grains, pool, note);
        thread = new(Run) { IsBackground = true, Name = "cluster watch" };
        thread.Start();
    }

    public void Dispose()
    {
        stop.Cancel();
        thread.Join();
        stop.Dispose();
    }

    /// <summary>The state of a silo; null if it does not answer.</summary>
    public Task<NodeState?> StateOf(Node node) => StateOf(node.Tell());

    private void Run()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Look().GetAwaiter().GetResult();
            }
            catch (Exception)
            {
                // The silo that keeps the list may be the one that left, or not reach Redis, whose exceptions come here as any type: the
                // next look asks another.
            }

            stop.Token.WaitHandle.WaitOne(period);
        }
    }

    private async Task Look()
    {
        var hosts = await grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true).WaitAsync(patience, stop.Token);
        foreach (var node in pool.Keep(hosts.Keys.ToHashSet()))
            note($"silo {node.Address} left the cluster; {(node.Busy == 1 ? "1 fit is" : $"{node.Busy} fits are")} ordered elsewhere");
        foreach (var node in pool.Nodes.Where(node => node.IsSuspect))
        {
            if (await StateOf(node) is not null) pool.Trust(node);
        }

        foreach (var address in hosts.Keys.Where(address => !pool.Has(address) && !others.Contains(address)))
        {
            var grain = grains.GetGrain<INode>(address.ToParsableString());
            if (await StateOf(Node.Hinted(address, grain.Tell)) is not { } state) continue;
            if (state.Build != NodeIdentity.Here)
            {
                others.Add(address);
                note($"node {address} on {state.Machine} is left out: its build is {state.Build}, not {NodeIdentity.Here}");
            }
            else if (state.Cores == 0) others.Add(address);
            else pool.Add(new(address, grain, state.Cores));
        }
    }

    // Null for a silo that does not answer, so that the others need not wait for it.
    private async Task<NodeState?> StateOf(Task<NodeState> asked)
    {
        try
        {
            return await asked.WaitAsync(patience, stop.Token);
        }
        catch (Exception) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }
}
