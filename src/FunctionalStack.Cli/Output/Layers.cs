using System.Text.Json.Nodes;
using FunctionalStack.Neural;
using Spectre.Console;

namespace FunctionalStack.Cli.Output;

/// <summary>A network, layer by layer, for people and for JSON.</summary>
internal static class Layers
{
    /// <summary>All its numbers, moving moments among them, as Keras counts.</summary>
    public static int Numbers(this NetworkPlan plan) => plan.ParameterCount + plan.MomentCount;

    public static Table Table(NetworkPlan plan)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("layer").AddColumn("makes").AddColumn(new TableColumn("parameters").RightAligned());
        table.AddRow("input", $"{plan.Network.Input}", "");
        foreach (var node in plan.Nodes) table.AddRow(Markup.Escape(node.Name), $"{node.Output}", Numbers(node) is var numbers and > 0 ? $"{numbers:N0}" : "");
        table.AddRow("all", "", $"{plan.Numbers():N0}");
        return table;
    }

    /// <summary><c>input</c>, <c>parameters</c>, <c>trainable</c> and <c>layers</c>.</summary>
    public static JsonObject Json(NetworkPlan plan) => new()
    {
        ["input"] = Of(plan.Network.Input),
        ["parameters"] = plan.Numbers(),
        ["trainable"] = plan.ParameterCount,
        ["layers"] = new JsonArray([.. plan.Nodes.Select(node => (JsonNode?)new JsonObject { ["name"] = node.Name, ["output"] = Of(node.Output), ["parameters"] = Numbers(node) })]),
    };

    private static int Numbers(Node node) => node.Parameters.Concat(node.Moments).Sum(block => block.Length);

    private static JsonArray Of(Neural.Shape shape) => new(shape.Height, shape.Width, shape.Channels);
}
