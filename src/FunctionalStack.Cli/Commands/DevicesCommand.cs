using System.CommandLine;
using System.Text.Json.Nodes;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Gpu;
using Spectre.Console;

namespace FunctionalStack.Cli.Commands;

/// <summary>Lists the devices of this machine.</summary>
internal static class DevicesCommand
{
    public static Command Create(Func<Func<ParseResult, Terminal, Outcome<Done>>, Func<ParseResult, int>> run)
    {
        var command =
            new Command("devices", "List the devices of this machine, and the reasons why others cannot be used.") { Common.Json };
        command.SetAction(run((_, terminal) => Outcome.Ok(Report(terminal, [Device.Host, .. Device.List()]))));
        return command;
    }

    private static Done Report(Terminal terminal, IReadOnlyList<Device> devices)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("id", "device", "memory", "driver", "features", "");
        foreach (var device in devices)
        {
            string[] cells =
                [device.Id, device.Name, device.MemoryBytes is { } bytes ? $"{bytes >> 20} MiB" : "", device.Driver ?? "",
                    string.Join(", ", device.Features), device.Reason ?? "available"];
            table.AddRow([.. cells.Select(Markup.Escape)]);
        }

        terminal.Print(table);
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
                ["driver"] = device.Driver,
                ["features"] = Json.Strings(device.Features),
            })]),
        });
        return default;
    }
}
