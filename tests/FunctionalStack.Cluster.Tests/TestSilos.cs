using FunctionalStack.Cluster.Silos;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;
using Xunit;

namespace FunctionalStack.Cluster.Tests;

/// <summary>Silos in this process, which tests may kill, and a coordinator.</summary>
public sealed class TestSilos : IAsyncLifetime
{
    public const int Silos = 3;

    private InProcessTestCluster? silos;

    public FitCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(Silos);
        builder.ConfigureSilo((_, silo) =>
        {
            Settings.Parts(silo.Services, SiloParts.Of(1, 1 << 20, null));
            silo.Configure<ClusterMembershipOptions>(Settings.Membership);
        });
        silos = builder.Build();
        await silos.DeployAsync();
        Cluster = new(silos.Client, [], null, TimeSpan.FromSeconds(30), null);
        Assert.True(Cluster.WaitFor(Silos, TimeSpan.FromSeconds(30)));
    }

    /// <summary>Kills a silo without notice, and starts another.</summary>
    public async Task Replace(int which)
    {
        await silos!.KillSiloAsync(silos.Silos[which % silos.Silos.Count]);
        await silos.StartAdditionalSiloAsync();
    }

    public async Task DisposeAsync()
    {
        Cluster.Dispose();
        if (silos is not null) await silos.DisposeAsync();
    }
}
