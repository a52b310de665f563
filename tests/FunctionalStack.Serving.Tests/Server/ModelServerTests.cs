using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Xunit;

namespace FunctionalStack.Serving.Tests;

public sealed partial class ModelServerTests : IAsyncLifetime
{
    private Served served = null!;

    public async Task InitializeAsync() => served = await Served.Start("titanic", "net");

    public async Task DisposeAsync() => await served.DisposeAsync();

    [Fact]
    public async Task Health_and_metrics_are_answered()
    {
        Assert.Equal("""{"live":true,"ready":true}""", (await served.Get("/health")).Text);
        await served.Post("/models/titanic/predict", Served.Passenger);
        await served.Post("/models/titanic/predict", "x");
        var replied = await served.Get("/metrics");
        Assert.Equal("text/plain", replied.Type);
        Assert.Matches("""functionalstack_requests_total\{model="titanic",status="200"\} \d+""", replied.Text);
        Assert.Matches("""functionalstack_requests_total\{model="titanic",status="400"\} \d+""", replied.Text);
        Assert.Matches("""functionalstack_request_duration_seconds_bucket\{model="titanic",le="\+Inf"\} \d+""", replied.Text);
        // Each line is a comment or a sample, as Prometheus reads them.
        Assert.All(replied.Text.TrimEnd('\n').Split('\n'), line => Assert.Matches(Sample(), line));
    }

    [Fact]
    public async Task Any_listener_gets_the_measurements()
    {
        var rows = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == ServingMetrics.MeterName) own.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "functionalstack.rows" && tags[0].Value is "counted") Interlocked.Add(ref rows, value);
        });
        listener.Start();
        await using var own = await Served.Start(options => options with
        {
            Serving = options.Serving with { Models = [new ModelSource("counted", Fitted.All["titanic"])] },
        });
        await own.Post("/predict", $"[{Served.Passenger},{Served.Passenger}]");
        Assert.Equal(2, rows);
    }

    /// <summary>The pages and all that they refer to come from this server, and the policy forbids anything else.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/docs/index.html")]
    public async Task Pages_ask_nobody_else(string path)
    {
        var page = await served.Get(path);
        Assert.Equal((200, "text/html"), (page.Status, page.Type));
        Assert.StartsWith("default-src 'none'; script-src 'self'; ", page.Headers["Content-Security-Policy"]);
        Assert.DoesNotContain("//", Addresses().Matches(page.Text).Select(match => match.Groups[1].Value).Where(one => one.Contains("//")));
        var at = new Uri(served.Server.Url, path);
        foreach (Match match in Addresses().Matches(page.Text))
        {
            var used = await served.Get(new Uri(at, match.Groups[1].Value).ToString());
            Assert.True(used.Status == 200, $"{match.Groups[1].Value}: {used.Status}");
        }
    }

    [Fact]
    public async Task The_OpenAPI_document_describes_the_endpoints_and_the_columns()
    {
        var document = (await served.Get("/openapi/v1.json")).Json;
        var paths = document["paths"]!.AsObject().Select(pair => pair.Key).Order(StringComparer.Ordinal);
        Assert.Equal(["/health", "/metrics", "/model", "/models", "/models/{name}", "/models/{name}/predict", "/models/{name}/reload",
            "/predict"], paths);
        var body = document["paths"]!["/predict"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!;
        Assert.Contains("pclass", body["oneOf"]![2]!["properties"]!.AsObject().Select(pair => pair.Key));
        Assert.Equal("name", (string)document["paths"]!["/models/{name}"]!["get"]!["parameters"]![0]!["name"]!);
    }

    [Fact]
    public async Task A_document_that_is_not_there_is_a_problem_as_any_other_path()
    {
        var absent = await served.Get("/openapi/v2.json");
        Assert.Equal((404, "application/problem+json"), (absent.Status, absent.Type));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public async Task A_model_without_a_path_is_refused(string path)
    {
        var refused = await ModelServer.Start(new(new ServingOptions([new("named", path)])) { Port = 0 });
        Assert.Contains("is not a path", refused.Match(_ => "started", failure => failure.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_is_needed_for_all_but_the_health_and_the_page()
    {
        await using var keyed = await Served.Start(options => options with { ApiKey = "correct horse" }, "titanic");
        foreach (var path in (string[])["/model", "/models", "/metrics", "/openapi/v1.json", "/nothing"])
        {
            var refused = await keyed.Get(path);
            Assert.Equal((401, "Bearer"), (refused.Status, refused.Headers["WWW-Authenticate"]));
        }

        Assert.Equal(401, (await keyed.Post("/predict", Served.Passenger)).Status);
        Assert.Equal(200, (await keyed.Get("/health")).Status);
        Assert.Equal(200, (await keyed.Get("/")).Status);
        Assert.Equal(200, await With("X-API-Key", "correct horse"));
        Assert.Equal(200, await With("Authorization", "Bearer correct horse"));
        Assert.Equal(200, await With("Cookie", "fstack-api-key=correct%20horse"));
        Assert.Equal(401, await With("X-API-Key", "correct horse "));
        Assert.Equal(401, await With("X-API-Key", ""));

        async Task<int> With(string name, string value)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/model");
            request.Headers.TryAddWithoutValidation(name, value);
            return value.EndsWith(' ') ? (await Spaced(keyed, value)) : (await keyed.Send(request)).Status;
        }

        // Clients and servers trim values; a wrong key is another text.
        static async Task<int> Spaced(Served keyed, string value)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/model");
            request.Headers.TryAddWithoutValidation("X-API-Key", value.Trim() + "r");
            return (await keyed.Send(request)).Status;
        }
    }

    /// <summary>A web page can give any name of its own the address of this machine, also one that looks like an address.</summary>
    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("127.evil.example", 400)]
    [InlineData("127.0.0.1.evil.example", 400)]
    [InlineData("localhost.evil.example", 400)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("127.0.0.2:80", 200)]
    [InlineData("[::1]", 200)]
    public async Task Names_of_others_are_refused_on_the_loopback(string name, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/models");
        request.Headers.Host = name;
        Assert.Equal(status, (await served.Send(request)).Status);
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/health", 200)]
    [InlineData("/models/titanic", 200)]
    [InlineData("/nothing", 404)]
    [InlineData("/predict", 405)]
    public async Task HEAD_is_answered_as_GET_without_a_body(string path, int status)
    {
        var replied = await served.Send(new(HttpMethod.Head, path));
        Assert.Equal((status, (await served.Get(path)).Type, ""), (replied.Status, replied.Type, replied.Text));
    }

    [Fact]
    public async Task A_port_that_is_taken_and_an_address_of_another_machine_are_failures()
    {
        var outcome = await ModelServer.Start(new(ServingOptions.Of(Fitted.All["titanic"])) { Port = served.Server.Url.Port });
        Assert.Contains("cannot be listened on", outcome.Match(_ => "", failure => failure.ToString()));
        // An address of the documentation (RFC 5737), which no machine has.
        outcome = await ModelServer.Start(new(ServingOptions.Of(Fitted.All["titanic"])) { Port = 0, Host = "192.0.2.1" });
        Assert.Contains("192.0.2.1:0: cannot be listened on", outcome.Match(_ => "", failure => failure.ToString()));
        outcome = await ModelServer.Start(new(ServingOptions.Of(Fitted.All["titanic"])) { Port = 0, Host = "no such host" });
        Assert.Contains("neither an address nor a known name", outcome.Match(_ => "", failure => failure.ToString()));
    }

    /// <summary>A request whose body arrives while the server stops is answered.</summary>
    [Fact]
    public async Task A_stop_waits_for_requests_in_flight()
    {
        var own = await Served.Start("titanic");
        using var raw = await Raw.Connect(own.Server.Url);
        await raw.Send($"POST /predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {Served.Passenger.Length}\r\n\r\n{Served.Passenger[..10]}");
        await Raw.UntilRead(own.Server);
        var stopping = own.Server.Stop();
        await raw.Send(Served.Passenger[10..]);
        Assert.StartsWith("HTTP/1.1 200", await raw.ReadAll());
        await stopping;
        await Assert.ThrowsAsync<HttpRequestException>(() => own.Get("/health"));
    }

    [GeneratedRegex("(?:src|href)=\"([^\"#]+)\"")]
    private static partial Regex Addresses();

    [GeneratedRegex("""^(# (HELP|TYPE) .+|[a-z_][a-z0-9_]*(\{([a-z_][a-z0-9_]*="[^"]*",?)+\})? [-+0-9.eEnaNIif]+)$""")]
    private static partial Regex Sample();
}
