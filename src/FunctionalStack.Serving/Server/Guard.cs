using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FunctionalStack.Serving;

/// <summary>What every request of a server passes: headers of security, the key, and problems instead of empty answers.</summary>
internal sealed class Guard(ServerOptions options, bool isLoopback, ILogger logger)
{
    /// <summary>The header of the key. <c>Authorization: Bearer KEY</c> is read too, and the cookie that the page sets.</summary>
    public const string KeyHeader = "X-API-Key";

    private const string KeyCookie = "fstack-api-key";

    private readonly byte[]? key = options.ApiKey is { } given ? Hashed(given) : null;

    public async Task Invoke(HttpContext context, RequestDelegate next)
    {
        // HEAD is answered as GET; the server sends no body for it.
        if (HttpMethods.IsHead(context.Request.Method)) context.Request.Method = HttpMethods.Get;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        try
        {
            if (isLoopback && key is null && !IsLocal(context.Request.Host.Host))
            {
                await Problems.Write(context, StatusCodes.Status400BadRequest,
                    "this server answers requests to localhost only. Start it with a host or with an API key for others");
                return;
            }

            if (key is not null && !StaticFiles.IsOpen(context.Request.Path) && !HasKey(context.Request))
            {
                headers.WWWAuthenticate = "Bearer";
                await Problems.Write(context, StatusCodes.Status401Unauthorized,
                    $"the API key is missing or wrong. Send it as the header {KeyHeader}");
                return;
            }

            await next(context);
            var status = context.Response.StatusCode;
            if (status >= 400 && !context.Response.HasStarted && context.Response.ContentLength is null or 0
                && context.Response.ContentType is null) await Problems.Write(context, status, Detail(context, status));
        }
        catch (BadHttpRequestException bad)
        {
            await Problems.Write(context, bad.StatusCode, "the request is not valid HTTP");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (Exception bug)
        {
            logger.LogError(bug, "a bug in {Path}", context.Request.Path.Value);
            await Problems.Write(context, StatusCodes.Status500InternalServerError, "this is a bug of the server. Its log has more");
        }
    }

    private static string Detail(HttpContext context, int status) => status switch
    {
        404 => "there is nothing at this path. GET /models lists the models",
        405 => $"this path answers {context.Response.Headers.Allow} only",
        _ => "the request is refused",
    };

    // Web pages of others can give a name of theirs this machine's address, also one such as 127.0.0.1.example.
    private static bool IsLocal(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private bool HasKey(HttpRequest request)
    {
        const string bearer = "Bearer ";
        return Is(request.Headers[KeyHeader].ToString())
            || (request.Headers.Authorization.ToString() is var text && text.StartsWith(bearer, StringComparison.OrdinalIgnoreCase)
                && Is(text[bearer.Length..].Trim()))
            || (request.Cookies[KeyCookie] is { } cookie && Is(cookie));
    }

    // Hashes have one length, so that the time shows nothing about the key.
    private bool Is(string given) => given.Length > 0 && CryptographicOperations.FixedTimeEquals(Hashed(given), key);

    private static byte[] Hashed(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
