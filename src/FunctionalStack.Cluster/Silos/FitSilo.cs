using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace FunctionalStack.Cluster.Silos;

/// <summary>How a silo runs.</summary>
/// <param name="Cores">The number of fits at a time; 0 for one that only keeps the membership.</param>
/// <param name="Memory">The largest number of bytes of the frames that it holds.</param>
/// <param name="Listen">The address that it listens on.</param>
/// <param name="Port">The port for other silos.</param>
/// <param name="Gateway">The port for coordinators.</param>
/// <param name="Catalogue">Its learners; null for the library's.</param>
/// <param name="Certificate">Encrypts all connections; nodes with another certificate are refused. Null for none, which only the
/// loopback address allows.</param>
public sealed record SiloSettings(int Cores, long Memory, IPAddress Listen, int Port, int Gateway, Catalogue? Catalogue = null,
    X509Certificate2? Certificate = null)
{
    /// <summary>A silo on the loopback address, on free ports.</summary>
    public static SiloSettings Loopback(int cores, long memory = 1L << 30, Catalogue? catalogue = null) =>
        new(cores, memory, IPAddress.Loopback, Settings.FreePort(), Settings.FreePort(), catalogue);
}

/// <summary>A process of a cluster that makes fits.</summary>
public static class FitSilo
{
    /// <summary>A silo whose members are found in Redis.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="redis">The address of Redis, <c>redis://[:PASSWORD@]HOST:PORT</c>.</param>
    /// <param name="name">The name of the cluster.</param>
    public static Outcome<IHost> InRedis(SiloSettings options, string redis, string name) =>
        options.Listen.Equals(IPAddress.Any) || options.Listen.Equals(IPAddress.IPv6Any)
            ? Outcome.Fail<IHost>("the silo", $"{options.Listen} is no address that other nodes can call",
                "Give the address of this machine by which they reach it.")
        : !IPAddress.IsLoopback(options.Listen) && options.Certificate is null
            ? Outcome.Fail<IHost>("the silo", $"listens on {options.Listen} without a certificate: whoever reaches it could order fits",
                "Give a certificate, or listen on 127.0.0.1.")
            : Settings.Redis(redis).Map(found =>
        Built(options, new Membership(found, name), silo => silo.UseRedisClustering(redis => redis.ConfigurationOptions = found)
            .Configure<ClusterOptions>(cluster => Settings.Names(cluster, name))
            .ConfigureEndpoints(options.Listen, options.Port, options.Gateway)));

    /// <summary>A silo of a cluster on this machine.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="primary">The port of the process that keeps the membership; its own port for that process.</param>
    /// <param name="name">The name of the cluster.</param>
    public static IHost Local(SiloSettings options, int primary, string name) => Built(options, null, silo => silo.UseLocalhostClustering(
        options.Port, options.Gateway, primary == options.Port ? null : new IPEndPoint(IPAddress.Loopback, primary), Settings.Service,
        Settings.ClusterId(name)));

    private static IHost Built(SiloSettings options, Membership? entry, Action<ISiloBuilder> membership)
    {
        // The usual builder writes logs to standard output, and reads files and variables.
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        Settings.Parts(builder.Services, SiloParts.Of(options.Cores, options.Memory, options.Catalogue));
        // Before the silo, so that one that does not fit never joins.
        if (entry is not null) builder.Services.AddSingleton<IHostedService>(entry);
        builder.UseOrleans(silo =>
        {
            membership(silo);
            silo.Configure<ClusterMembershipOptions>(Settings.Membership).Configure<SiloMessagingOptions>(Settings.Messages);
            if (options.Certificate is { } own) silo.UseTls(tls => Settings.Tls(tls, own));
        });
        return builder.Build();
    }
}
