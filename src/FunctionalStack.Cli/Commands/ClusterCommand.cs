using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Cluster;
using FunctionalStack.Cluster.Silos;
using Microsoft.Extensions.Hosting;
using Spectre.Console;

namespace FunctionalStack.Cli.Commands;

/// <summary>Runs a silo of a cluster, and shows the state of one.</summary>
internal static class ClusterCommand
{
    private const long Megabyte = 1_000_000;

    private static readonly Option<int> Cores =
        Common.Whole("--cores", 1, 1024, Environment.ProcessorCount, "The number of fits at a time. By default that of the processors.");
    private static readonly Option<long> Memory =
        Common.Whole("--memory", 1, long.MaxValue / Megabyte, 1000, "The largest size of the data that it holds, in megabytes.");
    private static readonly Option<string> Listen = new("--listen")
    {
        Description = "The address to listen on. Whoever reaches it can order fits.",
        DefaultValueFactory = _ => "127.0.0.1",
        Validators =
        {
            result =>
            {
                if (result.Tokens is [{ Value: var address }] && !IPAddress.TryParse(address, out _))
                    result.AddError($"--listen is '{address}'. Give an IP address.");
            },
        },
    };
    private static readonly Option<int> Port = Common.Whole("--port", 0, 65535, 0, "The port for other silos; 0 for a free one.");
    private static readonly Option<int> Gateway =
        Common.Whole("--gateway", 0, 65535, 0, "The port for coordinators; 0 for a free one.");

    // A silo of a coordinator on this machine; it ends with its standard input.
    private static readonly Option<int?> Primary = Common.Optional("--primary", 1, 65535, "The port of the coordinator.");

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        Primary.Hidden = true;
        var silo = new Command("silo", "Offer the cores of this machine to fits.")
        {
            ClusterOptions.Cluster, ClusterOptions.Name, Cores, Memory, Listen, Port, Gateway, ClusterOptions.Certificate,
            Primary, Plugins.Plugin,
        };
        silo.Validators.Add(result =>
        {
            if (result.GetValue(Primary) is null) result.Require(ClusterOptions.Cluster);
        });
        silo.SetAction(run(Offer));
        var status = new Command("status", "Show the silos of a cluster.")
        {
            ClusterOptions.Cluster, ClusterOptions.Name, ClusterOptions.Certificate, Common.Json,
        };
        status.Validators.Add(result => result.Require(ClusterOptions.Cluster));
        status.SetAction(run(Show));
        return new Command("cluster", "Fit on several machines.") { silo, status };
    }

    private static Outcome<Done> Offer(ParseResult parsed, Terminal terminal) =>
        from catalogue in Plugins.Catalogue(parsed)
        from certificate in ClusterOptions.CertificateOf(parsed)
        let settings = SiloSettings.Loopback(parsed.GetValue(Cores), parsed.GetValue(Memory) * Megabyte, catalogue)
        let own = settings with
        {
            Certificate = certificate,
            Listen = IPAddress.Parse(parsed.GetValue(Listen)!),
            Port = parsed.GetValue(Port) is > 0 and var port ? port : settings.Port,
            Gateway = parsed.GetValue(Gateway) is > 0 and var gateway ? gateway : settings.Gateway,
        }
        let name = parsed.GetValue(ClusterOptions.Name)!
        from host in parsed.GetValue(Primary) is { } primary
            ? Outcome.Ok(FitSilo.Local(own, primary, name)) : FitSilo.InRedis(own, parsed.GetValue(ClusterOptions.Cluster)!, name)
        from done in Run(host, own, name, parsed.GetValue(Primary) is not null, terminal)
        select done;

    private static Outcome<Done> Run(IHost host, SiloSettings settings, string name, bool untilInputEnds, Terminal terminal)
    {
        using (host)
        {
            try
            {
                host.StartAsync(terminal.Cancellation).GetAwaiter().GetResult();
            }
            catch (NodeRefusedException refused)
            {
                return new Outcome<Done>.Fail(refused.Failure);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                return Outcome.Fail<Done>("the silo", $"cannot join the cluster '{name}': {exception.Message.TrimEnd('.')}",
                    "Check the address of Redis, the ports and the password.");
            }

            if (!untilInputEnds)
            {
                terminal.Note($"silo of '{name}' on {settings.Listen}:{settings.Port}, {settings.Cores} cores, build "
                    + NodeIdentity.Description);
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(terminal.Cancellation);
            if (untilInputEnds) new Thread(() => UntilInputEnds(stop)) { IsBackground = true }.Start();
            stop.Token.WaitHandle.WaitOne();
            host.StopAsync(TimeSpan.FromSeconds(1)).Wait(TimeSpan.FromSeconds(2));
            return Outcome.Ok(default(Done));
        }
    }

    private static void UntilInputEnds(CancellationTokenSource stop)
    {
        while (Console.In.ReadLine() is not null)
        {
        }

        stop.Cancel();
    }

    private static Outcome<Done> Show(ParseResult parsed, Terminal terminal) =>
        ClusterOptions.Open(parsed, FunctionalStack.IO.Library.Catalogue, terminal.Note).Map(cluster =>
        {
            using (cluster)
            {
                var states = cluster!.States().GetAwaiter().GetResult();
                var table = new Table().Border(TableBorder.Rounded).AddColumns("machine", "process", "cores", "running", "waiting", "made",
                    "held (MB)", "build");
                foreach (var state in states)
                {
                    table.AddRow(Markup.Escape(state.Machine), $"{state.Process}", $"{state.Cores}", $"{state.Running}",
                        $"{state.Waiting}", $"{state.Made}", Tables.Fixed(state.Held / (double)Megabyte, 1), state.Build);
                }

                terminal.Print(table);
                terminal.Answer(() => new JsonObject
                {
                    ["command"] = "cluster status",
                    ["silos"] = new JsonArray([.. states.Select(state => (JsonNode)new JsonObject
                    {
                        ["machine"] = state.Machine,
                        ["process"] = state.Process,
                        ["cores"] = state.Cores,
                        ["running"] = state.Running,
                        ["waiting"] = state.Waiting,
                        ["made"] = state.Made,
                        ["frames"] = state.Held,
                        ["build"] = state.Build,
                    })]),
                });
                return default(Done);
            }
        });
}
