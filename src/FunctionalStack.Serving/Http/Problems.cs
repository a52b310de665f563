using System.Text.Json;
using FunctionalStack.IO;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace FunctionalStack.Serving;

/// <summary>Problems as RFC 9457 describes them.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    /// <summary>Answers with a problem. Does nothing if an answer has begun.</summary>
    public static async Task Write(HttpContext context, int status, string detail, Refused? at = null)
    {
        if (context.Response.HasStarted) return;
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        if (at?.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = $"{seconds}";
        var body = Body(context, status, detail, at);
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(body);
    }

    /// <summary>Answers with the problem of a refused request.</summary>
    public static Task Write(HttpContext context, Refused refused) => Write(context, refused.Status, refused.Message, refused);

    private static byte[] Body(HttpContext context, int status, string detail, Refused? at)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new() { Encoder = PlainJson.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("type", "about:blank");
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            json.WriteNumber("status", status);
            json.WriteString("detail", detail);
            json.WriteString("instance", context.Request.Path.Value);
            if (at?.Row is { } row) json.WriteNumber("row", row);
            if (at?.Column is { } column) json.WriteString("column", column);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
