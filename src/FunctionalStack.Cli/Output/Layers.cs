using System.Text.Json.Nodes;
using FunctionalStack.Neural;
using FunctionalStack.Reporting.Parts;
using Spectre.Console;

namespace FunctionalStack.Cli.Output;

/// <summary>Describes the layers of a network as a table and as JSON.</summary>
internal static class Layers
{
    public static Table Table(NetworkPlan plan)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("layer").AddColumn("output shape")
            .AddColumn(new TableColumn("parameters").RightAligned());
        table.AddRow("input", $"{plan.Network.Input}", "");
        foreach (var node in plan.Nodes)
            table.AddRow(Markup.Escape(node.Name), $"{node.Output}",
                node.TotalParameters() is var parameters and > 0 ? $"{parameters:N0}" : "");
        table.AddRow("total", "", $"{plan.TotalParameters():N0}");
        return table;
    }

    /// <summary>The fields <c>input</c>, <c>parameters</c>, <c>trainable</c> and <c>layers</c>.</summary>
    public static JsonObject Json(NetworkPlan plan) => new()
    {
        ["input"] = Of(plan.Network.Input),
        ["parameters"] = plan.TotalParameters(),
        ["trainable"] = plan.ParameterCount,
        ["layers"] =
            new JsonArray([.. plan.Nodes.Select(node =>
                (JsonNode?)new JsonObject { ["name"] = node.Name, ["output"] = Of(node.Output),
                    ["parameters"] = node.TotalParameters() })]),
    };

    private static JsonArray Of(Neural.Shape shape) => new(shape.Height, shape.Width, shape.Channels);
}
