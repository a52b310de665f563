using System.Net.Sockets;
using System.Text;

namespace FunctionalStack.Serving.Tests;

/// <summary>A connection on which any bytes are sent.</summary>
internal sealed class Raw : IDisposable
{
    private readonly TcpClient client;

    private readonly NetworkStream stream;

    private Raw(TcpClient client) => (this.client, stream) = (client, client.GetStream());

    public static async Task<Raw> Connect(Uri url)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(url.Host, url.Port);
        return new(client);
    }

    public Task Send(string text) => Send(Encoding.Latin1.GetBytes(text));

    public async Task Send(byte[] bytes)
    {
        try
        {
            await stream.WriteAsync(bytes);
        }
        catch (IOException)
        {
            // The server has closed the connection, which it may after an answer.
        }
    }

    /// <summary>Ends what is sent, as a client that is cut off.</summary>
    public void Cut()
    {
        try
        {
            client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server has closed the connection.
        }
    }

    /// <summary>Waits until the server has a part of a body.</summary>
    public static async Task UntilRead(ModelServer server)
    {
        while (server.Store.Gate.Kept == 0) await Task.Yield();
    }

    /// <summary>What the server sends until it closes the connection, or an answer with its body.</summary>
    public async Task<string> ReadAll()
    {
        var (text, buffer) = (new StringBuilder(), new byte[1 << 16]);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            while (!IsComplete(text.ToString()))
            {
                var count = await stream.ReadAsync(buffer, patience.Token);
                if (count == 0) break;
                text.Append(Encoding.UTF8.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // The connection was reset.
        }

        return text.ToString();
    }

    public void Dispose() => client.Dispose();

    private static bool IsComplete(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0) return false;
        const string name = "Content-Length: ";
        var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0 || at > end) return text.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
        var length = int.Parse(text[(at + name.Length)..text.IndexOf("\r\n", at, StringComparison.Ordinal)]);
        return Encoding.UTF8.GetByteCount(text[(end + 4)..]) >= length;
    }
}
