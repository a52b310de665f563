using System.Net;
using System.Net.Http.Headers;

namespace FunctionalStack.IO;

/// <summary>The response for a remote file.</summary>
/// <param name="Content">The bytes from <paramref name="Offset"/> on.</param>
/// <param name="Offset">The requested offset, or 0 if the source cannot resume.</param>
internal sealed record RemoteContent(Stream Content, long Offset);

internal static class Remote
{
    private static readonly HttpClient Client =
        new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Opens a file over HTTP, resuming with the Range header if the server supports it.</summary>
    /// <exception cref="HttpRequestException">The file cannot be fetched.</exception>
    public static async Task<RemoteContent> OpenAsync(Uri address, long offset, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (offset > 0) request.Headers.Range = new RangeHeaderValue(offset, null);
        var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            response.Dispose();
            return await OpenAsync(address, 0, cancellation);
        }

        if (!response.IsSuccessStatusCode)
        {
            using (response) throw new HttpRequestException($"the server answers {(int)response.StatusCode} {response.ReasonPhrase}");
        }

        var start = response.StatusCode == HttpStatusCode.PartialContent ? response.Content.Headers.ContentRange?.From ?? offset : 0;
        return new(await response.Content.ReadAsStreamAsync(cancellation), start);
    }
}
