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

    public Orleans.IGrainFactory Grains => silos!.Client;

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(Silos);
        builder.ConfigureSilo((_, silo) =>
        {
            Settings.Parts(silo.Services, SiloParts.Of(1, 1 << 20, null));
            silo.Configure<ClusterMembershipOptions>(Settings.Membership);
            silo.AddIncomingGrainCallFilter(Damage);
        });
        silos = builder.Build();
        await silos.DeployAsync();
        Cluster = new(silos.Client, [], null, TimeSpan.FromSeconds(30), null);
        Assert.True(Cluster.WaitFor(Silos, TimeSpan.FromSeconds(30)));
    }

    /// <summary>The number of results that are damaged on their way from now on.</summary>
    public int Damaged;

    /// <summary>The number of orders that are never answered from now on, as if the silo that they were routed to had died.</summary>
    public int Lost;

    private async Task Damage(IIncomingGrainCallContext call)
    {
        if (call.InterfaceMethod.Name == nameof(IFit.Make) && Interlocked.Decrement(ref Lost) >= 0) await Task.Delay(Timeout.Infinite);
        await call.Invoke();
        if (call.Result is FitAnswer { First.Length: > 0 } answer && Interlocked.Decrement(ref Damaged) >= 0)
        {
            byte[] damaged = [.. answer.First];
            damaged[^1] ^= 1;
            call.Result = answer with { First = damaged };
        }
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
