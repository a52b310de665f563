using System.Diagnostics;
using Orleans.Runtime;

namespace FunctionalStack.Cluster.Coordinating;

/// <summary>The free cores of all silos. A fit is sent when there is one, to the silo with the most.</summary>
internal sealed class SlotPool
{
    private readonly object gate = new();
    private readonly Dictionary<SiloAddress, Node> nodes = [];

    /// <summary>The silos.</summary>
    public Node[] Nodes
    {
        get
        {
            lock (gate) return [.. nodes.Values];
        }
    }

    public bool Has(SiloAddress address)
    {
        lock (gate) return nodes.ContainsKey(address);
    }

    public void Add(Node node)
    {
        lock (gate)
        {
            nodes[node.Address] = node;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>The number of fits that silos are making.</summary>
    public int Busy
    {
        get
        {
            lock (gate) return nodes.Values.Sum(node => node.Busy);
        }
    }

    /// <summary>Removes all silos but these, whose fits are then taken up elsewhere.</summary>
    /// <returns>The silos that were removed.</returns>
    public Node[] Keep(IReadOnlySet<SiloAddress> alive)
    {
        lock (gate)
        {
            var gone = nodes.Values.Where(node => !alive.Contains(node.Address)).ToArray();
            foreach (var node in gone)
            {
                nodes.Remove(node.Address);
                node.Leave();
            }

            Monitor.PulseAll(gate);
            return gone;
        }
    }

    /// <summary>A silo with a free core, which is taken. Waits for one; null if there is no silo for as long as
    /// <paramref name="wait"/>.</summary>
    public Node? Take(TimeSpan wait, CancellationToken cancellation)
    {
        var alone = Stopwatch.StartNew();
        lock (gate)
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                if (nodes.Values.Where(node => !node.IsSuspect && node.Busy < node.Cores)
                    .MaxBy(node => node.Cores - node.Busy) is { } free)
                {
                    free.Busy++;
                    return free;
                }

                if (nodes.Count > 0) alone.Restart();
                else if (alone.Elapsed >= wait) return null;
                // Cancellation does not pulse.
                Monitor.Wait(gate, TimeSpan.FromMilliseconds(100));
            }
        }
    }

    /// <summary>Gives a core back.</summary>
    /// <param name="node">The silo.</param>
    /// <param name="failed">Whether the call failed, so that no other is sent before the silo answers again.</param>
    public void Return(Node node, bool failed)
    {
        lock (gate)
        {
            node.Busy--;
            node.IsSuspect |= failed;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>The silo has answered.</summary>
    public void Trust(Node node)
    {
        lock (gate)
        {
            node.IsSuspect = false;
            Monitor.PulseAll(gate);
        }
    }
}
