using System.Globalization;
using StackExchange.Redis;

namespace FunctionalStack.Cluster.Silos;

/// <summary>A silo as others of the same cluster name see it, whatever its build.</summary>
/// <param name="Build">Its identity (<see cref="NodeIdentity.Here"/>).</param>
/// <param name="Description">Its identity in words.</param>
/// <param name="Place">Its machine and process.</param>
internal sealed record Member(string Build, string Description, string Place)
{
    private const char Separator = '\n';

    public static Member Here { get; } =
        new(NodeIdentity.Here, NodeIdentity.Description, string.Create(CultureInfo.InvariantCulture,
            $"{Environment.MachineName}:{Environment.ProcessId}"));

    public string Text => string.Join(Separator, Build, Description, Place);

    public static Member? Of(string text) => text.Split(Separator) is [var build, var description, var place]
        ? new(build, description, place) : null;

    /// <summary>The failure of a node whose cluster consists of other builds; null if it may join.</summary>
    public static Failure? Refusal(string name, string who, IReadOnlyCollection<Member> members)
    {
        var others = members.Where(member => member.Build != NodeIdentity.Here).ToArray();
        return others.Length == 0 ? null : new("the cluster",
            $"'{name}' has {Counted(others.Length)} of build {others[0].Description}, such as {others[0].Place}; {who} is of build "
                + NodeIdentity.Description,
            "Use one build of fstack and one kind of processor, or give each kind a --name of its own. A silo that was killed is listed "
                + $"for {Members.Lifetime.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds.");
    }

    private static string Counted(int silos) => silos == 1 ? "a silo" : string.Create(CultureInfo.InvariantCulture, $"{silos} silos");
}

/// <summary>
/// The silos of a cluster name in Redis, of all builds. Orleans keeps those of each build apart, so that they never meet; from this
/// list a node that does not fit knows why it finds no other.
/// </summary>
internal sealed class Members(IDatabase redis, string name, TimeProvider time)
{
    /// <summary>A silo that has not renewed its entry for this long is left out.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(20);

    private readonly RedisKey key = $"{Settings.Service}/builds/{name}";

    /// <summary>The silos that renewed their entries lately.</summary>
    public async Task<Member[]> Now() =>
    [
        .. (await redis.SortedSetRangeByScoreAsync(key, (time.GetUtcNow() - Lifetime).ToUnixTimeMilliseconds()))
            .Select(entry => Member.Of(entry.ToString())).OfType<Member>(),
    ];

    /// <summary>Enters a silo, or renews its entry.</summary>
    public Task Enter(Member member) =>
        redis.SortedSetAddAsync(key, member.Text, time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Removes a silo, and all that have not been renewed.</summary>
    public async Task Leave(Member member)
    {
        await redis.SortedSetRemoveAsync(key, member.Text);
        await redis.SortedSetRemoveRangeByScoreAsync(key, double.NegativeInfinity, (time.GetUtcNow() - Lifetime).ToUnixTimeMilliseconds());
    }
}
