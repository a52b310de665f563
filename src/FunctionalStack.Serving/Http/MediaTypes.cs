using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace FunctionalStack.Serving;

/// <summary>The media types of bodies and answers.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Csv = "text/csv";
    public const string Png = "image/png";
    public const string Jpeg = "image/jpeg";

    /// <summary>The type of the body without parameters, in lower case.</summary>
    /// <exception cref="Refused">It is none of those wanted, or has another character set than UTF-8.</exception>
    public static string OfBody(HttpRequest request, params ReadOnlySpan<string> wanted)
    {
        if (request.ContentType is { } given)
        {
            foreach (var one in wanted)
            {
                if (given == one) return one;
            }

            if (MediaTypeHeaderValue.TryParse(given, out var parsed) && Of(parsed) is { } type && wanted.Contains(type))
            {
                return parsed.Charset is { HasValue: true } charset && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                    && !charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)
                    ? throw new Refused(StatusCodes.Status415UnsupportedMediaType, "the body must be in UTF-8") : type;
            }
        }

        throw new Refused(StatusCodes.Status415UnsupportedMediaType,
            $"the body must be {string.Join(" or ", wanted.ToArray())}, as the header Content-Type says");
    }

    /// <summary>The most wanted type of an answer.</summary>
    /// <exception cref="Refused">The request accepts none of those offered.</exception>
    public static string OfAnswer(HttpRequest request, params ReadOnlySpan<string> offered)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0 || accept == "*/*") return offered[0];
        if (MediaTypeHeaderValue.TryParseList(accept, out var wanted))
        {
            foreach (var range in wanted.Where(one => one.Quality is not 0).OrderByDescending(one => one.Quality ?? 1))
            {
                foreach (var one in offered)
                {
                    if (new MediaTypeHeaderValue(one).IsSubsetOf(Bare(range))) return one;
                }
            }
        }

        throw new Refused(StatusCodes.Status406NotAcceptable, $"answers are {string.Join(" or ", offered.ToArray())}");
    }

    private static MediaTypeHeaderValue Bare(MediaTypeHeaderValue range) => new(range.MediaType);

    // text/json and types such as application/vnd.api+json are JSON too.
    private static string Of(MediaTypeHeaderValue parsed) => parsed.MediaType.ToString().ToLowerInvariant() switch
    {
        "text/json" => Json,
        "image/jpg" => Jpeg,
        "application/csv" => Csv,
        var type when type.StartsWith("application/", StringComparison.Ordinal) && type.EndsWith("+json", StringComparison.Ordinal) => Json,
        var type => type,
    };
}
