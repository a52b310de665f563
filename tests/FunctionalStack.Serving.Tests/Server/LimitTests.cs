using Xunit;

namespace FunctionalStack.Serving.Tests;

public sealed class LimitTests
{
    [Fact]
    public async Task A_body_that_does_not_arrive_is_given_up()
    {
        await using var served = await Served.Start(options =>
            options with { Serving = options.Serving with { Timeout = TimeSpan.FromMilliseconds(100) } }, "titanic");
        using var raw = await Raw.Connect(served.Server.Url);
        await raw.Send("POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");
        Assert.StartsWith("HTTP/1.1 408", await raw.ReadAll());
        Assert.Equal(200, (await served.Post("/predict", Served.Passenger)).Status);
    }

    [Fact]
    public async Task More_requests_than_allowed_are_refused_with_429()
    {
        await using var served = await Served.Start(options =>
            options with { Serving = options.Serving with { MaxRequests = 2 } }, "titanic");
        using (var first = served.Server.Store.Gate.Places)
        using (var second = served.Server.Store.Gate.Places)
        {
            first.Take();
            Assert.Equal(200, (await served.Post("/predict", Served.Passenger)).Status);
            second.Take();
            var refused = await served.Post("/predict", Served.Passenger);
            Assert.Equal((429, "1"), (refused.Status, refused.Headers["Retry-After"]));
            Assert.Equal(200, (await served.Get("/health")).Status);
        }

        Assert.Equal(200, (await served.Post("/predict", Served.Passenger)).Status);
    }

    [Fact]
    public async Task Many_rows_that_take_too_long_are_refused()
    {
        await using var served = await Served.Start(options =>
            options with { Serving = options.Serving with { Timeout = TimeSpan.FromMilliseconds(1) } }, "titanic");
        var rows = string.Join(",", Enumerable.Repeat(Served.Passenger, 40_000));
        var refused = await served.Post("/predict", $"[{rows}]");
        Assert.True(refused.Status is 413 or 408, refused.Text);
    }
}
