using System.CommandLine;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Output;
using FunctionalStack.Gpu;
using Spectre.Console;

namespace FunctionalStack.Cli.Commands;

/// <summary>Lists the devices of this machine.</summary>
internal static class DevicesCommand
{
    private static readonly Device host = new("host", "host", $"{Environment.ProcessorCount} processors", null, true, null);

    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command = new Command("devices", "List the devices of this machine, and why others can't be used.") { Common.Json };
        command.SetAction(run((_, terminal) => Outcome.Ok(Report(terminal, [host, .. Devices.List()]))));
        return command;
    }

    private static Done Report(Terminal terminal, IReadOnlyList<Device> devices)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("id", "device", "memory", "");
        foreach (var device in devices)
        {
            table.AddRow(device.Id, Markup.Escape(device.Name), device.MemoryBytes is { } bytes ? $"{bytes >> 20} MiB" : "", Markup.Escape(device.Reason ?? "available"));
        }

        terminal.Say(table);
        terminal.Answer(() => new JsonObject
        {
            ["command"] = "devices",
            ["devices"] = new JsonArray([.. devices.Select(device => (JsonNode?)new JsonObject
            {
                ["id"] = device.Id,
                ["kind"] = device.Kind,
                ["name"] = device.Name,
                ["memoryBytes"] = device.MemoryBytes,
                ["available"] = device.Available,
                ["reason"] = device.Reason,
            })]),
        });
        return default;
    }
}
