using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace FunctionalStack.Serving;

/// <summary>The OpenAPI document of a server, and the page that shows it.</summary>
internal static class Documents
{
    public const string PagePath = "/docs";
    public const string DocumentPath = "/openapi/v1.json";

    public static void Add(IServiceCollection services, ModelStore store, bool hasKey) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document, store, hasKey);
            return Task.CompletedTask;
        });
    });

    /// <summary>The page. All its files are in the assembly of SwaggerUI.</summary>
    public static void UsePage(WebApplication app) => app.UseSwaggerUI(page =>
    {
        page.RoutePrefix = PagePath[1..];
        page.DocumentTitle = "FunctionalStack: the HTTP interface";
        page.SwaggerEndpoint(DocumentPath, "FunctionalStack");
    });

    private static void Describe(OpenApiDocument document, ModelStore store, bool hasKey)
    {
        document.Info = new()
        {
            Title = "FunctionalStack",
            Version = typeof(Documents).Assembly.GetName().Version!.ToString(3),
            Description = "Predictions of fitted models. Errors are problems as in RFC 9457.",
        };
        document.Servers?.Clear();
        foreach (var (path, item) in document.Paths)
        {
            var slot = path == "/predict" ? store.Default : null;
            foreach (var operation in item.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>())
            {
                if (path.Contains("{name}", StringComparison.Ordinal)) Named(operation, store);
                if (path.EndsWith("/predict", StringComparison.Ordinal)) Predicts(operation, slot);
            }
        }

        if (!hasKey) return;
        document.Components ??= new();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = Guard.KeyHeader,
        };
        document.Security = [new() { [new("key", document)] = [] }];
    }

    private static void Named(OpenApiOperation operation, ModelStore store)
    {
        operation.Parameters ??= [];
        if (operation.Parameters.Any(parameter => parameter.Name == "name")) return;
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = "name",
            In = ParameterLocation.Path,
            Required = true,
            Description = "The model.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. store.Names.Select(name => (JsonNode)name)] },
        });
    }

    private static void Predicts(OpenApiOperation operation, ModelSlot? slot)
    {
        operation.Parameters ??= [];
        foreach (var (name, what, type) in new[]
            {
                ("intervals", "The level of prediction intervals, for a numeric target: 0.9.", JsonSchemaType.Number),
                ("sets", "The level of prediction sets, for classes: 0.9.", JsonSchemaType.Number),
                ("explain", "Whether to explain each prediction.", JsonSchemaType.Boolean),
            })
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Description = what,
                Schema = new OpenApiSchema { Type = type },
            });
        }

        var isImage = slot?.Current is ImageModel;
        var content = new Dictionary<string, OpenApiMediaType>();
        if (!isImage)
        {
            var row = Row(slot?.Current as TableModel);
            content[MediaTypes.Json] = new OpenApiMediaType { Schema = Bodies(row) };
            content[MediaTypes.Csv] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        }

        if (isImage || slot is null)
        {
            var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
            content[MediaTypes.Png] = content[MediaTypes.Jpeg] = new OpenApiMediaType { Schema = file };
            if (isImage) content[MediaTypes.Json] = new OpenApiMediaType { Schema = Images() };
        }

        operation.RequestBody = new OpenApiRequestBody { Required = true, Content = content };
    }

    // One row, an array of rows, or an object with rows and what is asked for.
    private static OpenApiSchema Bodies(OpenApiSchema row) => new()
    {
        OneOf =
        [
            new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Required = new HashSet<string> { "rows" },
                Properties = new Dictionary<string, IOpenApiSchema>
                {
                    ["rows"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = row },
                    ["intervals"] = new OpenApiSchema { Type = JsonSchemaType.Number },
                    ["sets"] = new OpenApiSchema { Type = JsonSchemaType.Number },
                    ["explain"] = new OpenApiSchema { Type = JsonSchemaType.Boolean },
                },
            },
            new OpenApiSchema { Type = JsonSchemaType.Array, Items = row },
            row,
        ],
    };

    private static OpenApiSchema Images() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "images" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["images"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = "byte" },
            },
        },
    };

    private static OpenApiSchema Row(TableModel? model) => model is null ? new() { Type = JsonSchemaType.Object } : new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(model.Reader.Names),
        Properties = model.Schema.Columns.DistinctBy(column => column.Source)
            .ToDictionary(column => column.Source, column => (IOpenApiSchema)Cell(column)),
    };

    private static OpenApiSchema Cell(ColumnSchema column) => column switch
    {
        ColumnSchema.Categorical { Levels: var levels } => new()
        {
            Type = JsonSchemaType.String | JsonSchemaType.Null,
            Examples = [.. levels.Take(5).Select(level => (JsonNode)level)],
        },
        ColumnSchema.Numeric { Text.Date: null } => new() { Type = JsonSchemaType.Number | JsonSchemaType.Null },
        _ => new() { Type = JsonSchemaType.String | JsonSchemaType.Null },
    };
}
