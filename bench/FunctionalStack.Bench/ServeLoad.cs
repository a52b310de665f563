using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

/// <summary>
/// Sends rows of Titanic to a server, each in its own request, over connections that stay open. The first argument is the address, then
/// the number of connections, the seconds, and optionally the process id of the server, whose memory is read before and after.
/// </summary>
internal static class ServeLoad
{
    public static void Run(string[] args)
    {
        var url = new Uri(args[0]);
        var connections = int.Parse(args[1], CultureInfo.InvariantCulture);
        var seconds = double.Parse(args[2], CultureInfo.InvariantCulture);
        var pid = args.Length > 3 ? args[3] : null;
        Measured(url, connections, Math.Min(5, seconds));
        var before = Memory(pid);
        var watch = Stopwatch.StartNew();
        var all = Measured(url, connections, seconds);
        Array.Sort(all);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{all.Length / watch.Elapsed.TotalSeconds:F0} requests/s, {connections} connections, ")
            + string.Create(CultureInfo.InvariantCulture, $"p50 {At(0.5):F2} ms, p99 {At(0.99):F2} ms, max {all[^1]:F2} ms, ")
            + $"memory {before} -> {Memory(pid)} MB");

        double At(double share) => all[(int)(share * (all.Length - 1))];
    }

    private static double[] Measured(Uri url, int connections, double seconds) =>
    [
        .. Task.WhenAll(Enumerable.Range(0, connections).Select(own => Task.Run(() => Ask(url, own, seconds)))).Result
            .SelectMany(one => one),
    ];

    private static async Task<List<double>> Ask(Uri url, int own, double seconds)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(url.Host, url.Port);
        var (stream, buffer, took) = (client.GetStream(), new byte[1 << 16], new List<double>());
        byte[][] requests = [.. Enumerable.Range(0, 108).Select(i => Request(url, i))];
        var watch = Stopwatch.StartNew();
        for (var i = own; watch.Elapsed.TotalSeconds < seconds; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await stream.WriteAsync(requests[i % requests.Length]);
            var filled = 0;
            do filled += await stream.ReadAsync(buffer.AsMemory(filled));
            while (!IsComplete(buffer.AsSpan(0, filled)));
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return took;
    }

    private static byte[] Request(Uri url, int i)
    {
        var age = (i % 6) switch { 0 => "null", 1 => "0.9167", 2 => "63", var other => $"{other * 9}" };
        var body = $$"""{"pclass":"{{(i % 3) switch { 0 => "1st", 1 => "2nd", _ => "3rd" }}}","sex":"{{(i % 2 == 0 ? "male" : "female")}}","""
            + $$""" "age":{{age}},"sibsp":{{i % 4}},"parch":{{i / 18 % 3}}}""";
        return Encoding.ASCII.GetBytes($"POST {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\n"
            + $"Content-Length: {body.Length}\r\n\r\n{body}");
    }

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        if (!answer.StartsWith("HTTP/1.1 200"u8)) throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
        var at = answer.IndexOf("Content-Length: "u8) + "Content-Length: ".Length;
        var length = int.Parse(answer[at..(at + answer[at..].IndexOf((byte)'\r'))], CultureInfo.InvariantCulture);
        return answer.Length >= end + 4 + length;
    }

    private static string Memory(string? pid) => pid is null ? "?" : File.ReadLines($"/proc/{pid}/status")
        .First(line => line.StartsWith("VmRSS", StringComparison.Ordinal)).Split(':')[1].Trim() is var text
        ? $"{long.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture) / 1024}" : "?";
}
