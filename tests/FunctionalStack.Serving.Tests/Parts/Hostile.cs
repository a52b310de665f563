using System.Text;

namespace FunctionalStack.Serving.Tests;

/// <summary>Requests that no well-meaning client sends, by a seed.</summary>
internal static class Hostile
{
    private static readonly string[] methods = ["POST", "POST", "POST", "POST", "GET", "PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "BREW"];

    private static readonly string[] paths =
        ["/predict", "/predict", "/predict", "/predict?sets=x", "/models/titanic/predict", "/models/%00/predict",
            "/models/../../etc/passwd", "/predict?intervals=1e9", "//", "/models/", "/nothing", "/openapi/v2.json",
            "/docs/../predict", "/%ff%fe"];

    private static readonly string[] types =
        ["application/json", "application/json", "application/json", "text/csv", "text/csv", "text/plain", "application/xml", "",
            "application/json; charset=utf-7", "multipart/form-data; boundary=x", "image/png", ";;;"];

    private static readonly string[] values =
        ["null", "true", "22", "-0", "1e999", "-1e308", "0.1e-400", "NaN", "Infinity", "\"abc\"", "\"\"", "\"\\ud800\"", "\"\\u0000\"",
            "[]", "{}", "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]", "00", "+1", "0x10", "\"1e999\"", "\"-\"",
            "99999999999999999999999999999999",
            "\"2020-99-99\"", "''", ",", "\"\\x\""];

    /// <summary>The bytes of a request, and whether the client closes the connection in the middle.</summary>
    public static (byte[] Bytes, bool IsCut) Of(int seed)
    {
        var stream = Seed.Of(seed).Fork("hostile").Stream();
        var body = Body(ref stream);
        var head = new StringBuilder();
        var version = stream.Next(40) == 0 ? "HTTP/9.9" : "HTTP/1.1";
        head.Append($"{Any(methods, ref stream)} {Any(paths, ref stream)} {version}\r\n");
        if (stream.Next(40) != 0) head.Append($"Host: {(stream.Next(30) == 0 ? "evil.example" : "localhost")}\r\n");
        if (Any(types, ref stream) is { Length: > 0 } type) head.Append($"Content-Type: {type}\r\n");
        if (stream.Next(20) == 0) head.Append($"X-Long: {new string('a', stream.Next(40_000))}\r\n");
        if (stream.Next(20) == 0) head.Append("Accept: application/nonsense\r\n");
        if (stream.Next(30) == 0) head.Append("Content-Encoding: gzip\r\n");
        if (stream.Next(40) == 0) head.Append("Bad Header\r\n");
        if (stream.Next(40) == 0) head.Append(string.Concat(Enumerable.Repeat("A: b\r\n", 200)));
        head.Append("Connection: close\r\n");
        var isChunked = stream.Next(6) == 0;
        var isCut = stream.Next(12) == 0;
        if (isChunked) head.Append("Transfer-Encoding: chunked\r\n\r\n");
        else head.Append($"Content-Length: {LengthOf(body, ref stream)}\r\n\r\n");
        var chunk = stream.Next(10) == 0 ? "zz" : $"{body.Length:x}";
        byte[] sent = isChunked ? [.. Encoding.ASCII.GetBytes($"{chunk}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8] : body;
        if (isCut) sent = sent[..(sent.Length / 2)];
        return ([.. Encoding.ASCII.GetBytes(head.ToString()), .. sent], isCut);
    }

    private static string LengthOf(byte[] body, ref RandomStream stream) => stream.Next(30) switch
    {
        0 => "-1",
        1 => "99999999999999",
        2 => "x",
        3 => $"{body.Length / 2}",
        _ => $"{body.Length}",
    };

    private static byte[] Body(ref RandomStream stream)
    {
        var text = stream.Next(14) switch
        {
            0 => "",
            1 => Served.Passenger[..stream.Next(Served.Passenger.Length)],
            2 => $"{new string('[', 1 + stream.Next(2000))}",
            3 => $$"""{"rows":[{{Served.Passenger}}],"{{Any(["sets", "explain", "rows", "x", ""], ref stream)}}":{{Any(values, ref stream)}}}""",
            4 => Served.Passenger.Replace("3rd", new string('x', 1 + stream.Next(200_000))),
            5 => Served.Passenger.Replace("}", $",\"age\":{Any(values, ref stream)}}}"),
            6 => $"pclass,sex,age,sibsp,parch\n1st,{Any(values, ref stream)},3,0,0\n",
            7 => $"pclass,sex,age\n{new string('"', stream.Next(50))}",
            8 => $"[{string.Join(",", Enumerable.Repeat(Served.Passenger, 1 + stream.Next(300)))}",
            9 => new string('\0', stream.Next(100)),
            _ => Served.Passenger.Replace("22", Any(values, ref stream)),
        };
        var bytes = Encoding.UTF8.GetBytes(text);

        // A byte that is changed, or inserted, in one of four bodies.
        if (bytes.Length > 0 && stream.Next(4) == 0) bytes[stream.Next(bytes.Length)] = (byte)stream.Next(256);
        return bytes;
    }

    private static string Any(string[] all, ref RandomStream stream) => all[stream.Next(all.Length)];
}
