using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FunctionalStack.Serving;

/// <summary>Reads the body of a request, within the limits of its length and time.</summary>
internal static class RequestBody
{
    /// <summary>Applies a function to the body. A small one is not copied.</summary>
    /// <exception cref="Refused">The body is too large, arrives too slowly, or is cut off.</exception>
    public static async ValueTask<T> Read<T>(HttpContext context, ModelStore store, Func<ReadOnlyMemory<byte>, T> use)
    {
        var most = store.Options.MaxBodyBytes;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = most;
        if (context.Request.ContentLength > most) throw TooLarge(most);
        if (context.Request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
            throw new Refused(StatusCodes.Status415UnsupportedMediaType, "compressed bodies are not read. Send it uncompressed");
        var reader = context.Request.BodyReader;
        CancellationTokenSource? timeout = null;
        var kept = 0L;
        try
        {
            while (true)
            {
                // Nearly all small bodies have arrived with their headers.
                if (!reader.TryRead(out var read))
                {
                    if (timeout is null)
                    {
                        timeout = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
                        timeout.CancelAfter(store.Options.Timeout);
                    }

                    read = await reader.ReadAsync(timeout.Token);
                }

                var buffer = read.Buffer;
                if (buffer.Length > most)
                {
                    reader.AdvanceTo(buffer.End);
                    throw TooLarge(most);
                }

                if (read.IsCompleted || buffer.Length == context.Request.ContentLength)
                {
                    try
                    {
                        return use(buffer.IsSingleSegment ? buffer.First : buffer.ToArray());
                    }
                    finally
                    {
                        // Otherwise the connection cannot be used again.
                        reader.AdvanceTo(buffer.End);
                    }
                }

                var more = buffer.Length - kept;
                reader.AdvanceTo(buffer.Start, buffer.End);
                store.Gate.Keep(more);
                kept += more;
            }
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new Refused(StatusCodes.Status408RequestTimeout,
                $"the body did not arrive within {store.Options.Timeout.TotalSeconds} s");
        }
        catch (BadHttpRequestException exception)
        {
            throw exception.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge(most)
                : new Refused(exception.StatusCode, exception.StatusCode == StatusCodes.Status408RequestTimeout
                    ? "the body arrived too slowly" : "the body is not complete");
        }
        finally
        {
            if (kept > 0) store.Gate.Release(kept);
            timeout?.Dispose();
        }
    }

    private static Refused TooLarge(long most) => new(StatusCodes.Status413PayloadTooLarge,
        $"the body is larger than {most} bytes. Send the rows in several requests");
}
