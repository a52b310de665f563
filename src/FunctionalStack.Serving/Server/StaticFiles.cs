using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FunctionalStack.Serving;

/// <summary>The files of the page, which are in the assembly.</summary>
internal static class StaticFiles
{
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    // The pages of SwaggerUI have styles in their elements.
    private const string DocsPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; font-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private static readonly (string Path, string File, string Type)[] files =
    [
        ("/", "index.html", "text/html; charset=utf-8"),
        ("/app.css", "app.css", "text/css; charset=utf-8"),
        ("/app.js", "app.js", "text/javascript; charset=utf-8"),
        ("/form.js", "form.js", "text/javascript; charset=utf-8"),
        ("/draw.js", "draw.js", "text/javascript; charset=utf-8"),
        ("/favicon.ico", "icon.svg", "image/svg+xml"),
    ];

    /// <summary>Whether a path needs no key: the health, and files that contain nothing of a model.</summary>
    public static bool IsOpen(PathString path) => path.Value is { } text
        && (text is "/health" || Array.Exists(files, file => file.Path == text) || path.StartsWithSegments(Documents.PagePath));

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var (path, file, type) in files)
        {
            var bytes = Read(file);
            endpoints.MapGet(path, async (HttpContext context) =>
            {
                context.Response.ContentType = type;
                context.Response.ContentLength = bytes.Length;
                context.Response.Headers.ContentSecurityPolicy = Policy;
                context.Response.Headers.CacheControl = "no-cache";
                await context.Response.BodyWriter.WriteAsync(bytes);
            }).ExcludeFromDescription();
        }
    }

    /// <summary>Adds the policy of the documentation page.</summary>
    public static Task Documentation(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments(Documents.PagePath)) context.Response.Headers.ContentSecurityPolicy = DocsPolicy;
        return next(context);
    }

    private static byte[] Read(string file)
    {
        using var stream = typeof(StaticFiles).Assembly.GetManifestResourceStream(file)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
