using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using FunctionalStack.Cluster.Coordinating;
using FunctionalStack.Cluster.Silos;
using FunctionalStack.Cluster.Wire;
using FunctionalStack.IO;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime;
using StackExchange.Redis;

namespace FunctionalStack.Cluster;

/// <summary>
/// Several processes, on one machine or many, that fit the leaves of compositions. A run on a cluster gives the bits of a run on one
/// thread. A silo may leave at any time: its fits are taken up elsewhere.
/// </summary>
public sealed class FitCluster : IDisposable
{
    // More than the cores: a thread waits for each fit, and the joins between fits run on them too.
    private const int ThreadsPerCore = 2;
    private const int MostThreads = 512;
    private const int MostPorts = 3;

    private readonly IReadOnlyList<IDisposable> owned;
    private readonly SlotPool pool = new();
    private readonly Watch watch;
    private readonly ClusterLeaves leaves;

    /// <param name="grains">Reaches the silos.</param>
    /// <param name="owned">What ends with the cluster, in this order.</param>
    /// <param name="catalogue">The learners; null for the library's.</param>
    /// <param name="wait">How long a run waits for a silo before it fits here.</param>
    /// <param name="note">Called with the reason for each silo that is left out; null for nothing.</param>
    internal FitCluster(IGrainFactory grains, IReadOnlyList<IDisposable> owned, Catalogue? catalogue, TimeSpan wait,
        Action<string>? note)
    {
        this.owned = owned;
        watch = new(grains, pool, note ?? (_ => { }));
        leaves = new(grains, pool, SpecNames.Of(catalogue), ResultBytes.Registry(catalogue ?? Library.Catalogue), wait);
    }

    /// <summary>What the cluster has done so far.</summary>
    public ClusterReport Report => leaves.Report;

    /// <summary>Connects to the silos that Redis knows.</summary>
    /// <param name="redis">The address of Redis, <c>redis://[:PASSWORD@]HOST:PORT</c>.</param>
    /// <param name="name">The name of the cluster.</param>
    /// <param name="wait">How long a run waits for a silo before it fits here.</param>
    /// <param name="catalogue">The learners; null for the library's.</param>
    /// <param name="note">Called with the reason for each silo that is left out; null for nothing.</param>
    /// <param name="certificate">That of the silos; null if they have none.</param>
    /// <returns>The cluster. Fails if Redis or a silo of this build cannot be reached, and at once if all silos are of another
    /// build.</returns>
    public static Outcome<FitCluster> Connect(string redis, string name, TimeSpan wait, Catalogue? catalogue = null,
        Action<string>? note = null, X509Certificate2? certificate = null) => Settings.Redis(redis).Bind(found =>
        {
            if (Refusal(found, name, note) is { } refused) return new Outcome<FitCluster>.Fail(refused);
            var builder = Host.CreateEmptyApplicationBuilder(new());
            builder.Logging.SetMinimumLevel(LogLevel.None);
            var watch = Stopwatch.StartNew();
            builder.UseOrleansClient(client => Secured(client, certificate)
                .UseRedisClustering(options => options.ConfigurationOptions = found)
                .Configure<ClusterOptions>(options => Settings.Names(options, name))
                .Configure<ClientMessagingOptions>(Settings.Messages)
                .Configure<GatewayOptions>(Settings.Gateways)
                .UseConnectionRetryFilter(async (_, stop) =>
                {
                    await Task.Delay(500, stop);
                    return watch.Elapsed < wait;
                }));
            return Started(builder.Build(), host => new FitCluster(Grains(host), [new Running(host)], catalogue, wait, note),
                $"no silo of build {NodeIdentity.Here} is in the cluster '{name}' at {Settings.EndPoint(found)}",
                "Start some with 'fstack cluster silo', of the same build of fstack.");
        });

    /// <summary>Starts silos as processes of this machine.</summary>
    /// <param name="silos">Starts a silo that joins the port of this process, on one core each.</param>
    /// <param name="count">The number of silos.</param>
    /// <param name="wait">How long a run waits for a silo before it fits here.</param>
    /// <param name="catalogue">The learners; null for the library's.</param>
    /// <param name="note">Called with the reason for each silo that is left out; null for nothing.</param>
    public static Outcome<FitCluster> Local(Func<int, string, IDisposable> silos, int count, TimeSpan wait, Catalogue? catalogue = null,
        Action<string>? note = null)
    {
        var name = $"local-{Environment.ProcessId}";
        // Another process may take the port that was free.
        Outcome<FitCluster>? made = null;
        for (var attempt = 0; attempt < MostPorts && made is not Outcome<FitCluster>.Ok; attempt++)
        {
            var options = SiloSettings.Loopback(0, catalogue: catalogue);
            made = Started(FitSilo.Local(options, options.Port, name), host =>
                new FitCluster(Grains(host), [.. Enumerable.Range(0, count).Select(_ => silos(options.Port, name)), new Running(host)],
                    catalogue, wait, note),
                "this process cannot listen on the loopback address", "Look for a firewall on this machine.");
        }

        return made!;
    }

    /// <summary>An executor whose leaves are fitted on the silos.</summary>
    public IExecutor Executor() => Executor(Budget.None);

    /// <summary>An executor whose leaves are fitted on the silos, within <paramref name="budget"/>.</summary>
    public IExecutor Executor(Budget budget)
    {
        var cores = Math.Max(2, pool.Nodes.Sum(node => node.Cores));
        return new ClusterExecutor(FunctionalStack.Executor.Threads(Math.Min(MostThreads, cores * ThreadsPerCore), budget), leaves);
    }

    /// <summary>Waits until this many silos are there. False if they do not come in time.</summary>
    public bool WaitFor(int silos, TimeSpan wait, CancellationToken cancellation = default)
    {
        for (var until = DateTime.UtcNow + wait; pool.Nodes.Length < silos;)
        {
            if (DateTime.UtcNow >= until) return false;
            cancellation.WaitHandle.WaitOne(100);
            cancellation.ThrowIfCancellationRequested();
        }

        return true;
    }

    /// <summary>The state of every silo that answers.</summary>
    public async Task<EquatableArray<NodeState>> States()
    {
        var states = await Task.WhenAll(pool.Nodes.Select(watch.StateOf));
        return EquatableArray.From(states.OfType<NodeState>().OrderBy(state => state.Machine).ThenBy(state => state.Process));
    }

    /// <summary>Leaves the cluster, and ends the silos that it has started.</summary>
    public void Dispose()
    {
        watch.Dispose();
        foreach (var one in owned) one.Dispose();
    }

    private static Failure? Refusal(ConfigurationOptions redis, string name, Action<string>? note)
    {
        try
        {
            using var connection = ConnectionMultiplexer.Connect(redis);
            var members = new Members(connection.GetDatabase(), name, TimeProvider.System).Now().GetAwaiter().GetResult();
            if (Member.Refusal(name, "this command", members) is not { } refused) return null;
            if (members.All(member => member.Build != NodeIdentity.Here)) return refused;
            note?.Invoke($"{refused}");
            return null;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return Settings.Unreachable(redis, exception);
        }
    }

    private static IClientBuilder Secured(IClientBuilder client, X509Certificate2? certificate) =>
        certificate is null ? client : client.UseTls(tls => Settings.Tls(tls, certificate));

    private static IGrainFactory Grains(IHost host) => host.Services.GetRequiredService<IGrainFactory>();

    private static Outcome<FitCluster> Started(IHost host, Func<IHost, FitCluster> made, string what, string remedy)
    {
        try
        {
            host.StartAsync().GetAwaiter().GetResult();
            return Outcome.Ok(made(host));
        }
        catch (Exception exception) when (exception is OrleansException or IOException or TimeoutException
            or RedisException or AggregateException or System.Net.Sockets.SocketException
            or OperationCanceledException)
        {
            host.Dispose();
            return Outcome.Fail<FitCluster>("the cluster", $"{what} ({exception.Message.TrimEnd('.')})", remedy);
        }
    }

    private sealed class Running(IHost host) : IDisposable
    {
        public void Dispose()
        {
            host.StopAsync(TimeSpan.FromSeconds(2)).ContinueWith(_ => { }).Wait(TimeSpan.FromSeconds(5));
            host.Dispose();
        }
    }
}
