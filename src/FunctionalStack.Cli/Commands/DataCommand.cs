using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.IO;
using Spectre.Console;
using Table = Spectre.Console.Table;

namespace FunctionalStack.Cli.Commands;

/// <summary>Lists and downloads data sets.</summary>
internal static class DataCommand
{
    private static readonly Argument<string> Name = new("name")
    {
        Description = "The name of a data set.",
        HelpName = "name",
        CompletionSources = { _ => DatasetCatalogue.All.Select(entry => new CompletionItem(entry.Name)) },
    };
    private static readonly Option<string?> From = new("--from") { Description = "A folder with the files, instead of a download." };
    private static readonly Option<string?> To =
        new("--to") { Description = "The folder to store data sets in, instead of the user's cache." };

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var list = new Command("list", "List the data sets.") { To, Common.Json };
        list.SetAction(run(List));
        var get =
            new Command("get", "Download a data set and verify its SHA-256. Interrupted downloads are resumed.") { Name, From, To,
                Common.Json };
        get.SetAction(run(Get));
        return new Command("data", "List and download data sets.") { list, get };
    }

    private static DatasetCache Cache(ParseResult parsed) => parsed.GetValue(To) is { } folder ? new(folder) : DatasetCache.Default;

    private static Outcome<Done> List(ParseResult parsed, Terminal terminal)
    {
        var cache = Cache(parsed);
        var entries =
            DatasetCatalogue.All.Select(entry =>
                (Entry: entry, Cached: cache.HasAsync(entry, terminal.Cancellation).GetAwaiter().GetResult())).ToArray();
        var table = new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("name").NoWrap())
            .AddColumn(new TableColumn("rows").RightAligned().NoWrap()).AddColumns("location", "description and licence");
        foreach (var (entry, cached) in entries)
        {
            table.AddRow(entry.Name, entry.Rows.ToString(), cached ? "cached" : entry.IsEmbedded ? "embedded" : "not downloaded",
                Markup.Escape($"{entry.Description}; {entry.Licence}"));
        }

        terminal.Print(table);
        terminal.Print($"cache: {cache.Folder}");
        terminal.Answer(() => new JsonObject
        {
            ["command"] = "data list",
            ["cache"] = cache.Folder,
            ["datasets"] = new JsonArray([.. entries.Select(e => (JsonNode?)new JsonObject
            {
                ["name"] = e.Entry.Name,
                ["rows"] = e.Entry.Rows,
                ["embedded"] = e.Entry.IsEmbedded,
                ["cached"] = e.Cached,
                ["description"] = e.Entry.Description,
                ["licence"] = e.Entry.Licence,
            })]),
        });
        return Outcome.Ok(default(Done));
    }

    private static Outcome<Done> Get(ParseResult parsed, Terminal terminal) =>
        from entry in DatasetCatalogue.Find(parsed.GetRequiredValue(Name))
        from folder in terminal.Progress($"downloading {entry.Name}", progress =>
            Cache(parsed).GetAsync(entry, parsed.GetValue(From), new Megabytes(progress), terminal.Cancellation).GetAwaiter().GetResult())
        select Got(terminal, entry, folder);

    private static Done Got(Terminal terminal, DatasetEntry entry, string folder)
    {
        var files = entry.Files.Select(file => Path.Combine(folder, file.Name)).ToArray();
        foreach (var file in files) terminal.Print(file);
        terminal.Answer(() => new JsonObject { ["command"] = "data get", ["name"] = entry.Name, ["files"] = Json.Strings(files) });
        return default;
    }

    private sealed class Megabytes(IProgress<FitProgress> bar) : IProgress<(long Done, long? Total)>
    {
        public void Report((long Done, long? Total) value) =>
            bar.Report(new((int)(value.Done >> 20), (int)((value.Total ?? value.Done) >> 20), "MB"));
    }
}
