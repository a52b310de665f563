using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Connections.Security;
using StackExchange.Redis;

namespace FunctionalStack.Cluster.Silos;

/// <summary>The settings of Orleans that silos and coordinators share.</summary>
internal static class Settings
{
    public const string Service = "fstack";

    // A silo that does not answer 3 probes of 2 s is declared dead, so that its fits are taken up elsewhere. A connection that is refused
    // is noticed at once.
    private static readonly TimeSpan probe = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan refresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan response = TimeSpan.FromSeconds(30);

    /// <summary>The name of the cluster for nodes of this build: others never see it.</summary>
    public static string ClusterId(string name) => $"{name}-{NodeIdentity.Here}";

    public static void Membership(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = options.MinProbeTimeout = options.MaxProbeTimeout = probe;
        options.NumMissedProbesLimit = 3;
        options.NumVotesForDeathDeclaration = 1;
        options.TableRefreshTimeout = options.IAmAliveTablePublishTimeout = refresh;
        options.MaxJoinAttemptTime = response;
    }

    public static void Messages(MessagingOptions options) => options.ResponseTimeout = response;

    public static void Gateways(GatewayOptions options) => options.GatewayListRefreshPeriod = refresh;

    public static void Names(ClusterOptions options, string name) => (options.ServiceId, options.ClusterId) = (Service, ClusterId(name));

    /// <summary>Both sides show the same certificate, and accept no other.</summary>
    public static void Tls(TlsOptions options, X509Certificate2 own)
    {
        options.LocalCertificate = own;
        options.RemoteCertificateMode = options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.RemoteCertificateValidation = (remote, _, _) => remote.Thumbprint == own.Thumbprint;
        options.OnAuthenticateAsClient = (_, client) => client.TargetHost = Service;
    }

    /// <summary>The options of Redis for <c>redis://[:PASSWORD@]HOST:PORT</c>.</summary>
    public static Outcome<ConfigurationOptions> Redis(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss") || uri.Host.Length == 0)
        {
            return Outcome.Fail<ConfigurationOptions>("the cluster", $"'{address}' is not an address",
                "Give redis://HOST:PORT, or local:N for N processes on this machine.");
        }

        var options = new ConfigurationOptions { AbortOnConnectFail = false, Ssl = uri.Scheme == "rediss", ConnectTimeout = 5000 };
        options.EndPoints.Add(uri.Host, uri.Port > 0 ? uri.Port : 6379);
        if (uri.UserInfo.Split(':') is [.., { Length: > 0 } password]) options.Password = Uri.UnescapeDataString(password);
        return Outcome.Ok(options);
    }

    /// <summary>The failure of an address where no Redis answers, or one that refuses the password.</summary>
    public static Failure Unreachable(ConfigurationOptions redis, Exception exception) =>
        // What follows the first sentence is about the connections of the package.
        new("the cluster", $"Redis at {EndPoint(redis)} cannot be reached: {exception.Message.Split('\n', '(')[0].Trim(' ', '.', '\r')}",
            "Start it, or check its address and password.");

    /// <summary>The host and port of Redis.</summary>
    public static string EndPoint(ConfigurationOptions redis) =>
        redis.EndPoints[0] is DnsEndPoint { Host: var host, Port: var port } ? $"{host}:{port}" : $"{redis.EndPoints[0]}";

    /// <summary>A port of this machine that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>What the grains share, as a service.</summary>
    public static void Parts(IServiceCollection services, SiloParts parts) => services.AddSingleton(parts);
}
