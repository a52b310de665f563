using System.Text.Json.Nodes;
using FunctionalStack.Neural;
using Spectre.Console;

namespace FunctionalStack.Cli.Output;

/// <summary>Describes the layers of a network as a table and as JSON.</summary>
internal static class Layers
{
    /// <summary>The number of parameters, including the moving averages of batch normalization, as Keras counts them.</summary>
    public static int TotalParameters(this NetworkPlan plan) => plan.ParameterCount + plan.MomentCount;

    public static Table Table(NetworkPlan plan)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("layer").AddColumn("output shape")
            .AddColumn(new TableColumn("parameters").RightAligned());
        table.AddRow("input", $"{plan.Network.Input}", "");
        foreach (var node in plan.Nodes)
            table.AddRow(Markup.Escape(node.Name), $"{node.Output}", Parameters(node) is var parameters and > 0 ? $"{parameters:N0}" : "");
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
                (JsonNode?)new JsonObject { ["name"] = node.Name, ["output"] = Of(node.Output), ["parameters"] = Parameters(node) })]),
    };

    private static int Parameters(Node node) => node.Parameters.Concat(node.Moments).Sum(block => block.Length);

    private static JsonArray Of(Neural.Shape shape) => new(shape.Height, shape.Width, shape.Channels);
}
