using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FunctionalStack.Serving.Tests;

/// <summary>A server on a free port, with a client.</summary>
internal sealed class Served : IAsyncDisposable
{
    public const string Passenger = """{"pclass":"3rd","sex":"female","age":22,"sibsp":1,"parch":0}""";

    private Served(ModelServer server) =>
        (Server, Client) = (server, new() { BaseAddress = server.Url, Timeout = TimeSpan.FromMinutes(1) });

    public ModelServer Server { get; }

    public HttpClient Client { get; }

    /// <summary>Serves models of <see cref="Fitted"/>.</summary>
    public static Task<Served> Start(params string[] models) => Start(options => options, models);

    public static async Task<Served> Start(Func<ServerOptions, ServerOptions> change, params string[] models)
    {
        var serving = new ServingOptions(EquatableArray.From(models.Select(name => new ModelSource(name, Fitted.All[name]))))
        {
            WatchInterval = null,
        };
        return new((await ModelServer.Start(change(new ServerOptions(serving) { Port = 0 }))).OrThrow());
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public Task<Replied> Post(string path, string json) => Post(path, Json(json));

    public async Task<Replied> Post(string path, HttpContent body, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        if (accept is not null) request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        return await Send(request);
    }

    public Task<Replied> Get(string path) => Send(new(HttpMethod.Get, path));

    public async Task<Replied> Send(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request);
        return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(),
            response.Headers.Concat(response.Content.Headers).ToDictionary(pair => pair.Key, pair => string.Join(", ", pair.Value)));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}

/// <summary>An answer.</summary>
internal sealed record Replied(int Status, string? Type, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string Detail => (string)Json["detail"]!;

    public JsonArray Predictions => (JsonArray)Json["predictions"]!;
}
