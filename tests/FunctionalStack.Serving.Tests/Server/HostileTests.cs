using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Xunit;

namespace FunctionalStack.Serving.Tests;

public sealed partial class HostileTests
{
    private const int Requests = 3000;

    /// <summary>Each gets an answer below 500 without a stack trace, or its connection is closed. Then a good row is answered as before.
    /// A file of this number of requests can be run by FSTACK_HOSTILE=100000.</summary>
    [Fact]
    public async Task Hostile_requests_are_refused_and_change_nothing()
    {
        var lines = new ConcurrentQueue<string>();
        var count = int.TryParse(Environment.GetEnvironmentVariable("FSTACK_HOSTILE"), out var more) ? more : Requests;
        await using var served = new AsyncScope((await ModelServer.Start(new ServerOptions(
            ServingOptions.Of(Fitted.All["titanic"]) with { WatchInterval = null })
        { Port = 0 }, lines.Enqueue)).OrThrow());
        using var client = new HttpClient { BaseAddress = served.Server.Url };
        var before = await Predicted(client);
        var statuses = new ConcurrentDictionary<int, int>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (seed, _) =>
        {
            var (bytes, isCut) = Hostile.Of(seed);
            using var raw = await Raw.Connect(served.Server.Url);
            await raw.Send(bytes);
            if (isCut) raw.Cut();
            var answer = await raw.ReadAll();
            var status = Status().Match(answer) is { Success: true } match ? int.Parse(match.Groups[1].Value) : 0;
            statuses.AddOrUpdate(status, 1, (_, known) => known + 1);
            // A version of HTTP that does not exist has its own status.
            Assert.True(status is < 500 or 505, $"seed {seed}: {answer}");
            Assert.DoesNotContain("   at ", answer);
            Assert.True(status > 0 || (isCut && answer.Length == 0), $"seed {seed}: no answer, but {answer}");
        });
        Assert.Equal(before, await Predicted(client));
        Assert.Empty(lines);
        Assert.True(((int[])[200, 400, 404, 405, 406, 415, 422]).All(statuses.ContainsKey),
            string.Join(", ", statuses.Select(pair => $"{pair.Key}: {pair.Value}")));
    }

    [Fact]
    public async Task Many_connections_are_answered()
    {
        await using var served = await Served.Start("titanic");
        var all = new List<Raw>();
        try
        {
            for (var i = 0; i < 2000; i++) all.Add(await Raw.Connect(served.Server.Url));
            var request = $"POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + $"Content-Length: {Served.Passenger.Length}\r\n\r\n{Served.Passenger}";
            await Task.WhenAll(all.Select(raw => raw.Send(request)));
            var answers = await Task.WhenAll(all.Select(raw => raw.ReadAll()));
            Assert.All(answers, answer => Assert.Matches("^HTTP/1.1 (200|429) ", answer));
        }
        finally
        {
            foreach (var raw in all) raw.Dispose();
        }

        Assert.Equal(200, (await served.Post("/predict", Served.Passenger)).Status);
    }

    private static async Task<string> Predicted(HttpClient client)
    {
        using var response = await client.PostAsync("/predict", Served.Json(Served.Passenger));
        return await response.Content.ReadAsStringAsync();
    }

    private sealed record AsyncScope(ModelServer Server) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }

    [GeneratedRegex(@"^HTTP/1.1 (\d+)")]
    private static partial Regex Status();
}
