using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace FunctionalStack.Cluster.Silos;

/// <summary>A node that may not, or cannot, join a cluster.</summary>
public sealed class NodeRefusedException : Exception
{
    internal NodeRefusedException(Failure failure) : base($"{failure}") => Failure = failure;

    /// <summary>Why, and what to do.</summary>
    public Failure Failure { get; }
}

/// <summary>Enters a silo in the list of its cluster's name before it joins, unless silos of another build are there.</summary>
internal sealed class Membership(ConfigurationOptions redis, string name) : IHostedService, IDisposable
{
    private static readonly TimeSpan period = Members.Lifetime / 4;

    private readonly CancellationTokenSource stop = new();
    private IConnectionMultiplexer? connection;
    private Members? members;
    private Task? renewing;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            connection = await ConnectionMultiplexer.ConnectAsync(redis);
            members = new(connection.GetDatabase(), name, TimeProvider.System);
            if (Member.Refusal(name, "this silo", await members.Now()) is { } refused) throw new NodeRefusedException(refused);
            await members.Enter(Member.Here);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            throw new NodeRefusedException(Settings.Unreachable(redis, exception));
        }

        renewing = Renew(members);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        if (renewing is not null) await renewing;
        try
        {
            if (members is not null) await members.Leave(Member.Here);
        }
        catch (RedisException)
        {
            // The entry expires.
        }
    }

    public void Dispose()
    {
        connection?.Dispose();
        stop.Dispose();
    }

    private async Task Renew(Members entered)
    {
        using var timer = new PeriodicTimer(period);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
            {
                try
                {
                    await entered.Enter(Member.Here);
                }
                catch (Exception exception) when (exception is RedisException or TimeoutException)
                {
                    // Redis may be back the next time.
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
