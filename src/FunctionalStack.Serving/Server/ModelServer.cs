using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FunctionalStack.Serving;

/// <summary>
/// A whole server, as <c>fstack serve</c> runs it: the endpoints of the models below <c>/models</c>, those of the default model at
/// <c>/predict</c> and <c>/model</c>, a page at <c>/</c>, <c>/health</c>, <c>/metrics</c>, <c>/openapi/v1.json</c> and <c>/docs</c>.
/// </summary>
public sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly PrometheusText metrics;

    private ModelServer(WebApplication app, ModelStore store, PrometheusText metrics, Uri url) =>
        (this.app, Store, this.metrics, Url) = (app, store, metrics, url);

    /// <summary>The models.</summary>
    public ModelStore Store { get; }

    /// <summary>The address, with the port that was chosen.</summary>
    public Uri Url { get; }

    /// <summary>Loads the models and listens. Fails if a model cannot be loaded, or if the address cannot be listened on.</summary>
    /// <param name="options">The models, the address and the limits.</param>
    /// <param name="log">Gets a line for each reload, and for each bug; null for none.</param>
    public static async Task<Outcome<ModelServer>> Start(ServerOptions options, Action<string>? log = null)
    {
        if (!Listening.AddressOf(options.Host).TryGet(out var address, out var unknown)) return new Outcome<ModelServer>.Fail(unknown);
        if (!ModelStore.Open(options.Serving, log).TryGet(out var store, out var unread)) return new Outcome<ModelServer>.Fail(unread);
        var metrics = new PrometheusText(ServingMetrics.MeterName, "System.Runtime");
        var app = Application(options, address, store, metrics, log);
        try
        {
            await app.StartAsync();
        }
        // Kestrel turns only a port that is taken into an IOException.
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await app.DisposeAsync();
            metrics.Dispose();
            store.Dispose();
            return Outcome.Fail<ModelServer>($"{options.Host}:{options.Port}",
                $"cannot be listened on: {(exception.InnerException ?? exception).Message.TrimEnd('.')}",
                "Give another port, or 0 for a free one, and an address of this machine.");
        }

        var url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return Outcome.Ok(new ModelServer(app, store, metrics, new Uri(url)));
    }

    /// <summary>Stops listening, answers the requests that are there, and frees the models.</summary>
    public async Task Stop()
    {
        await app.StopAsync();
        await DisposeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        metrics.Dispose();
        Store.Dispose();
    }

    private static WebApplication Application(ServerOptions options, IPAddress address, ModelStore store, PrometheusText metrics,
        Action<string>? log)
    {
        // Without settings of the environment: what the options name is all there is.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listening.Configure(kestrel, options, address));
        builder.Services.AddRoutingCore().AddFunctionalStack(store).AddSingleton<IHostLifetime, NoSignals>()
            .Configure<HostOptions>(host => host.ShutdownTimeout = options.Serving.Timeout);
        Documents.Add(builder.Services, store, options.ApiKey is not null);
        var app = builder.Build();
        var guard = new Guard(options, IPAddress.IsLoopback(address), log is null ? NullLogger.Instance : new LineLogger(log));
        app.Use(guard.Invoke);
        app.Use(StaticFiles.Documentation);
        Documents.UsePage(app);
        app.UseRouting();
        StaticFiles.Map(app);
        app.MapFunctionalStack("/models");
        app.MapPost("/predict", (HttpContext context) => ModelEndpoints.Predict(context, store, store.Default))
            .WithName("predict").WithTags("default model").WithSummary("Predicts rows or images with the default model.").PredictsRows();
        app.MapGet("/model", (HttpContext context) => ModelEndpoints.Describe(context, store, store.Default))
            .WithName("model").WithTags("default model").WithSummary("Describes the default model.").Answers([MediaTypes.Json]);
        app.MapGet("/health", (HttpContext context) => Health(context, app.Lifetime))
            .WithName("health").WithTags("operation").WithSummary("Whether the server is live and ready.").Answers([MediaTypes.Json]);
        app.MapGet("/metrics", (HttpContext context) => Metrics(context, metrics))
            .WithName("metrics").WithTags("operation").WithSummary("Measurements, as Prometheus reads them.").Answers(["text/plain"]);
        app.MapOpenApi(Documents.DocumentPath);
        return app;
    }

    private static Task Health(HttpContext context, IHostApplicationLifetime lifetime)
    {
        var isReady = !lifetime.ApplicationStopping.IsCancellationRequested;
        context.Response.StatusCode = isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = MediaTypes.Json;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(isReady ? """{"live":true,"ready":true}""" : """{"live":true,"ready":false}""");
    }

    private static Task Metrics(HttpContext context, PrometheusText metrics)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return context.Response.WriteAsync(metrics.Text());
    }

    // Who runs the server handles signals.
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class LineLogger(Action<string> log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            log(exception is null ? formatter(state, exception) : $"{formatter(state, exception)}: {exception}");
    }
}
