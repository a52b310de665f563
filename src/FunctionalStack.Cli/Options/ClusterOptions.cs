using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FunctionalStack.Cli.Clusters;
using FunctionalStack.Cluster;
using FunctionalStack.Cluster.Coordinating;

namespace FunctionalStack.Cli.Options;

/// <summary>The options of commands that fit on a cluster.</summary>
internal static class ClusterOptions
{
    private const string Local = "local:";
    private const int MostSilos = 64;

    // A silo takes 1 to 3 seconds to start.
    private static readonly TimeSpan most = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan wait = TimeSpan.FromSeconds(60);

    public static Option<string?> Cluster { get; } = new("--cluster")
    {
        Description = "Fit on the silos of a cluster: redis://HOST:PORT, or local:N for N processes on this machine.",
        HelpName = "redis://HOST:PORT|local:N",
        Validators =
        {
            result =>
            {
                if (result.Tokens is [{ Value: var address }] && address.StartsWith(Local, StringComparison.Ordinal)
                    && CountOf(address) is null)
                {
                    result.AddError($"--cluster is '{address}'. Give local:N with a whole number from 1 to {MostSilos}.");
                }
            },
        },
    };

    public static Option<string> Name { get; } =
        new("--name") { Description = "The name of the cluster in Redis.", DefaultValueFactory = _ => "fstack" };

    public static Option<string?> Certificate { get; } = new("--cert")
    {
        Description = "The certificate of all nodes as a PFX file; its password is in the variable FSTACK_CERT_PASSWORD.",
    };

    /// <summary>The certificate of the command line; null if none is given.</summary>
    public static Outcome<X509Certificate2?> CertificateOf(ParseResult parsed)
    {
        if (parsed.GetValue(Certificate) is not { } path) return Outcome.Ok<X509Certificate2?>(null);
        try
        {
            return Outcome.Ok<X509Certificate2?>(
                X509CertificateLoader.LoadPkcs12FromFile(path, Environment.GetEnvironmentVariable("FSTACK_CERT_PASSWORD")));
        }
        catch (Exception exception) when (exception is IOException or CryptographicException or UnauthorizedAccessException)
        {
            return Outcome.Fail<X509Certificate2?>($"--cert: {path}", $"cannot be read: {exception.Message.TrimEnd('.')}",
                "Give a PFX file, and its password in the variable FSTACK_CERT_PASSWORD.");
        }
    }

    /// <summary>The cluster of the command line; null if none is given.</summary>
    public static Outcome<FitCluster?> Open(ParseResult parsed, Catalogue catalogue, Action<string> note)
    {
        if (parsed.GetValue(Cluster) is not { } address) return Outcome.Ok<FitCluster?>(null);
        var opened = CountOf(address) is { } count
            ? FitCluster.Local((port, name) => new LocalSilo(port, name, parsed.GetValue(Plugins.Plugin)!), count, wait, catalogue, note)
                .Bind(cluster => Ready(cluster, count))
            : CertificateOf(parsed).Bind(own => FitCluster.Connect(address, parsed.GetValue(Name)!, wait, catalogue, note, own))
                .Bind(cluster => Ready(cluster, 1));
        return opened.Map<FitCluster?>(cluster => cluster).At("--cluster");
    }

    /// <summary>What the cluster did.</summary>
    public static string Text(ClusterReport report) => string.Create(CultureInfo.InvariantCulture,
        $"cluster: {report.Silos} silos, {report.Fits} fits there, {report.Here} here, {report.Again} orders repeated; "
            + $"{Megabytes(report.Sent)} MB sent, {Megabytes(report.Fetched)} MB fetched");

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);

    // One silo is enough to begin: the others join a run that is under way.
    private static Outcome<FitCluster> Ready(FitCluster cluster, int silos)
    {
        if (cluster.WaitFor(silos, most) || cluster.WaitFor(1, wait)) return Outcome.Ok(cluster);
        cluster.Dispose();
        return Outcome.Fail<FitCluster>("", $"no silo joined within {(most + wait).TotalSeconds} seconds",
            "Look at the machine's load and memory.");
    }

    private static int? CountOf(string address) => address.StartsWith(Local, StringComparison.Ordinal)
        && int.TryParse(address[Local.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        && count is >= 1 and <= MostSilos ? count : null;
}
