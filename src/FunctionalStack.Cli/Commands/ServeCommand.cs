using System.CommandLine;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using FunctionalStack.Serving;

namespace FunctionalStack.Cli.Commands;

/// <summary>Serves models over HTTP.</summary>
internal static class ServeCommand
{
    /// <summary>The environment variable of the key.</summary>
    public const string KeyVariable = "FSTACK_API_KEY";

    private static readonly Option<string[]> Models = new("--model")
    {
        Description = "A model file, served by the name of the file, or NAME=FILE. May be repeated; the first is the default model.",
        HelpName = "[NAME=]FILE",
        Required = true,
    };

    private static readonly Option<string> Host = new("--host")
    {
        Description = "The address to listen on. By default only programs of this machine can connect.",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private static readonly Option<int> Port = Common.Whole("--port", 0, 65535, 8080, "The port; 0 for a free one.");

    private static readonly Option<string?> KeyFile = new("--api-key-file")
    {
        Description = $"A file with the key that requests must have. By default the variable {KeyVariable}, if it is set.",
    };

    private static readonly Option<int> MaxBody = Common.Whole("--max-body", 1, 1024, 16, "The largest body of a request in MB.");

    private static readonly Option<int> MaxRows =
        Common.Whole("--max-rows", 1, int.MaxValue, 100_000, "The largest number of rows or images in a request.");

    private static readonly Option<int> Timeout =
        Common.Whole("--timeout", 1, 3600, 30, "The longest time in seconds to read a request, and to predict it.");

    private static readonly Option<int> MaxRequests = Common.Whole("--max-requests", 1, 100_000, 256,
        "The largest number of requests at the same time. More are refused with status 429.");

    private static readonly Option<bool> Reload = new("--allow-reload")
    {
        Description = "Also answer POST /models/NAME/reload. Changed files are loaded again in any case.",
    };

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("serve", "Serve models over HTTP, with a page. Ctrl-C stops.");
        foreach (var option in (Option[])[Models, Port, Host, KeyFile, MaxBody, MaxRows, Timeout, MaxRequests, Reload, Plugins.Plugin,
            Common.Threads, Common.Json])
        {
            command.Add(option);
        }

        command.SetAction(run(Serve));
        return command;
    }

    private static Outcome<Done> Serve(ParseResult parsed, Terminal terminal) =>
        from catalogue in Plugins.Catalogue(parsed)
        from key in Key(parsed.GetValue(KeyFile))
        let options = Options(parsed, key, catalogue)
        from server in ModelServer.Start(options, line => terminal.Note($"note: {line}")).GetAwaiter().GetResult()
        select Run(server, options, terminal);

    private static Done Run(ModelServer server, ServerOptions options, Terminal terminal)
    {
        var url = server.Url.ToString().TrimEnd('/');
        if (!server.Url.IsLoopback && options.ApiKey is null)
        {
            terminal.Note($"WARNING: {url} can be reached from other machines, and there is no API key. Anybody who reaches it can use "
                + $"the models. Give --api-key-file, or leave out --host.");
        }

        terminal.Note($"serving {string.Join(", ", server.Store.Names)} at {url} until Ctrl-C");
        terminal.Answer(() => new()
        {
            ["command"] = "serve",
            ["url"] = url,
            ["models"] = new JsonArray([.. options.Serving.Models.Select(source => (JsonNode)new JsonObject
            {
                ["name"] = source.Name,
                ["model"] = source.Path,
                ["task"] = server.Store.Card(source.Name)!.Task,
                ["target"] = server.Store.Card(source.Name)!.Target,
                ["digest"] = server.Store.Digest(source.Name),
            })]),
        });
        terminal.Cancellation.WaitHandle.WaitOne();
        terminal.Note("stopping: requests in progress are answered, new ones are refused");
        server.Stop().GetAwaiter().GetResult();
        return default;
    }

    private static ServerOptions Options(ParseResult parsed, string? key, Catalogue? catalogue) => new(
        new ServingOptions(EquatableArray.From(parsed.GetRequiredValue(Models).Select(Source)))
        {
            MaxRows = parsed.GetValue(MaxRows),
            MaxBodyBytes = (long)parsed.GetValue(MaxBody) << 20,
            Timeout = TimeSpan.FromSeconds(parsed.GetValue(Timeout)),
            MaxRequests = parsed.GetValue(MaxRequests),
            Threads = parsed.GetValue(Common.Threads),
            AllowsReload = parsed.GetValue(Reload),
            Catalogue = catalogue,
        })
    {
        Host = parsed.GetRequiredValue(Host),
        Port = parsed.GetValue(Port),
        ApiKey = key,
    };

    // A path may have a '=' too.
    private static ModelSource Source(string given) => !File.Exists(given) && given.IndexOf('=') is var at and > 0
        ? new(given[..at], given[(at + 1)..]) : ModelSource.Of(given);

    private static Outcome<string?> Key(string? file) => file is null
        ? Outcome.Ok(Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : null)
        : InputFile.Read(file, "a file with the key", path => Outcome.Ok(File.ReadAllText(path).Trim())).Bind(text => text.Length == 0
            ? Outcome.Fail<string?>(file, "is empty", "Write the key into it.") : Outcome.Ok<string?>(text));
}
