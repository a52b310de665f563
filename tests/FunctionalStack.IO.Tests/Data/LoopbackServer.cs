using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FunctionalStack.IO.Tests.Data;

/// <summary>Serves one content under every name, on this machine only.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly byte[] content;

    public LoopbackServer(byte[] content)
    {
        this.content = content;
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://localhost:{((IPEndPoint)free.LocalEndpoint).Port}/";
        }

        listener.Prefixes.Add(Address);
        listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public List<string> Requests { get; } = [];

    public bool Ranges { get; init; } = true;

    public int Status { get; init; } = 200;

    public int? BreakAfter { get; init; }

    public void Dispose() => listener.Close();

    private async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                Answer(await listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The listener closed, or the client disconnected: both occur in the tests.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var from = context.Request.Headers["Range"] is { } range
            ? int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;
        lock (Requests) Requests.Add($"from {from}");
        var response = context.Response;
        if (Status != 200)
        {
            response.StatusCode = Status;
        }
        else if (from > 0 && Ranges && from >= content.Length)
        {
            response.StatusCode = 416;
        }
        else
        {
            var start = Ranges ? from : 0;
            if (start > 0)
            {
                response.StatusCode = 206;
                response.Headers["Content-Range"] = $"bytes {start}-{content.Length - 1}/{content.Length}";
            }

            response.ContentLength64 = content.Length - start;
            response.OutputStream.Write(content, start, (BreakAfter ?? content.Length) - start);
            if (BreakAfter is not null)
            {
                response.OutputStream.Flush();
                response.Abort();
                return;
            }
        }

        response.Close();
    }
}
