using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public sealed class ServeCommandTests : IDisposable
{
    private readonly Fstack tool = new();

    public ServeCommandTests() => tool.Done("fit --data ./data.csv --target y --id id --spec ./spec.json --model ./m.fstack");

    public void Dispose() => tool.Dispose();

    /// <summary>What the server answers as CSV is the file that predict writes.</summary>
    [Fact]
    public async Task A_server_answers_what_predict_writes_and_ends_well()
    {
        tool.Done("predict --model ./m.fstack --data ./data.csv --out ./p.csv --probabilities");
        using var process = ToolProcess.Start(tool, $"serve --model ./m.fstack --model other={tool.At("m.fstack")} --port 0 --json");
        var ready = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync())!).RootElement;
        Assert.Equal(["command", "url", "models"], ready.Keys());
        Assert.Equal(["m", "other"], ready.Items("models").Select(model => model.GetProperty("name").GetString()));
        Assert.Equal(["name", "model", "task", "target", "digest"], ready.Items("models").First().Keys());
        using var client = new HttpClient { BaseAddress = new(ready.GetProperty("url").GetString()!) };
        foreach (var path in (string[])["/predict", "/models/other/predict"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Content = new ByteArrayContent(tool.Bytes("data.csv"));
            request.Content.Headers.ContentType = new("text/csv");
            request.Headers.Accept.ParseAdd("text/csv");
            using var response = await client.SendAsync(request);
            Assert.Equal(File.ReadAllText(tool.At("p.csv")), await response.Content.ReadAsStringAsync());
        }

        ToolProcess.Send("TERM", process);
        var ran = ToolProcess.Finished(process);
        Assert.True(ran.Code == App.Done, ran.All);
        Assert.Equal("", ran.Output);
        Assert.Contains("serving m, other at http://127.0.0.1:", ran.All);
    }

    [Fact]
    public void A_bad_model_a_bad_key_and_a_taken_port_are_refused()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        Assert.Contains("cannot be listened on", tool.Refused($"serve --model ./m.fstack --port {port}"));
        Assert.Contains("not a model file", tool.Refused("serve --model ./data.csv --port 0"));
        Assert.Contains("no such file", tool.Refused("serve --model ./m.fstack --model b=./nothing.fstack --port 0"));
        Assert.Contains("is given twice", tool.Refused("serve --model ./m.fstack --model ./m.fstack --port 0"));
        tool.Write("key.txt", "\n");
        Assert.Contains("is empty", tool.Refused("serve --model ./m.fstack --port 0 --api-key-file ./key.txt"));
        Assert.Contains("--port is '70000'", tool.Refused("serve --model ./m.fstack --port 70000"));
    }

    [Fact]
    public async Task A_server_without_a_key_that_others_can_reach_warns()
    {
        tool.Write("key.txt", "secret\n");
        foreach (var (line, warns) in new[] { ("", true), (" --api-key-file ./key.txt", false) })
        {
            using var process = ToolProcess.Start(tool, $"serve --model ./m.fstack --port 0 --host 0.0.0.0 --json{line}");
            var ready = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync())!).RootElement;
            var url = new Uri(ready.GetProperty("url").GetString()!);
            using var client = new HttpClient { BaseAddress = new UriBuilder(url) { Host = "127.0.0.1" }.Uri };
            using var response = await client.GetAsync("/model");
            Assert.Equal(warns ? 200 : 401, (int)response.StatusCode);
            ToolProcess.Send("INT", process);
            Assert.Equal(warns, ToolProcess.Finished(process).All.Contains("WARNING"));
        }
    }
}
