using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FunctionalStack.Serving;

/// <summary>Serves models in an ASP.NET Core application.</summary>
public static class ServingExtensions
{
    /// <summary>Adds the models of files. They are loaded when the application starts; if that fails, it does not start
    /// (<see cref="OutcomeException"/>). To handle the failure, use <see cref="ModelStore.Open"/> and the other overload.</summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="options">The models and the limits of a request.</param>
    public static IServiceCollection AddFunctionalStack(this IServiceCollection services, ServingOptions options) => services
        .AddSingleton(provider =>
        {
            var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<ModelStore>();
            return ModelStore.Open(options, line => logger.LogInformation("{Reload}", line)).OrThrow();
        })
        .AddHostedService<Loading>();

    /// <summary>Adds models that are already loaded.</summary>
    public static IServiceCollection AddFunctionalStack(this IServiceCollection services, ModelStore store) => services.AddSingleton(store);

    /// <summary>
    /// Maps the endpoints of the models: <c>GET PREFIX</c> lists them, <c>GET PREFIX/NAME</c> describes one, and
    /// <c>POST PREFIX/NAME/predict</c> predicts rows. With <see cref="ServingOptions.AllowsReload"/> also <c>POST PREFIX/NAME/reload</c>.
    /// Authorization, rate limits and the like are added to the result.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="prefix">The beginning of the paths, such as <c>/models</c>.</param>
    /// <returns>The group of the endpoints.</returns>
    /// <exception cref="InvalidOperationException">No models were added (<c>AddFunctionalStack</c>).</exception>
    public static RouteGroupBuilder MapFunctionalStack(this IEndpointRouteBuilder endpoints, string prefix = "/models")
    {
        var store = new Lazy<ModelStore>(() => endpoints.ServiceProvider.GetRequiredService<ModelStore>());
        if (endpoints.ServiceProvider.GetService<IServiceProviderIsService>()?.IsService(typeof(ModelStore)) == false)
            throw new InvalidOperationException("no models were added: call services.AddFunctionalStack first");
        var group = endpoints.MapGroup(prefix).WithTags("models");
        group.MapGet("/", (HttpContext context) => ModelEndpoints.List(context, store.Value))
            .WithName("listModels").WithSummary("Lists the models.").Answers([MediaTypes.Json]);
        group.MapGet("/{name}", (HttpContext context) => ModelEndpoints.Describe(context, store.Value, Named(context)))
            .WithName("describeModel").WithSummary("Describes a model: its target, columns and scores.")
            .Answers([MediaTypes.Json], 404);
        group.MapPost("/{name}/predict", (HttpContext context) => ModelEndpoints.Predict(context, store.Value, Named(context)))
            .WithName("predictWithModel").WithSummary("Predicts rows or images.").PredictsRows();
        // Whether it is allowed is known when the models are loaded.
        group.MapPost("/{name}/reload", (HttpContext context) => store.Value.Options.AllowsReload
            ? ModelEndpoints.Reload(context, store.Value, Named(context))
            : Problems.Write(context, StatusCodes.Status404NotFound, "reloading by request is not allowed here"))
            .WithName("reloadModel").WithSummary("Loads the file of a model again, if that is allowed.")
            .Answers([MediaTypes.Json], 404, 422);
        return group;

        ModelSlot? Named(HttpContext context) => context.GetRouteValue("name") is string name ? store.Value.Find(name) : null;
    }

    internal static IEndpointConventionBuilder PredictsRows(this IEndpointConventionBuilder endpoint) =>
        endpoint.Answers([MediaTypes.Json, MediaTypes.Csv], 400, 404, 406, 408, 413, 415, 422, 429);

    /// <summary>Describes the answers for OpenAPI.</summary>
    internal static IEndpointConventionBuilder Answers(this IEndpointConventionBuilder endpoint, string[] types, params int[] problems) =>
        endpoint.WithMetadata(
        [
            // Only endpoints with a method are described. This one has no documentation that would replace the summary.
            ((Delegate)Described).Method,
            new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(void), types),
            .. problems.Select(status => new ProducesResponseTypeMetadata(status, typeof(void), [Problems.ContentType])),
        ]);

    private static void Described()
    {
    }

    // Creating the models at the start shows what is wrong with them at once.
    private sealed class Loading(ModelStore store) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.FromResult(store);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
