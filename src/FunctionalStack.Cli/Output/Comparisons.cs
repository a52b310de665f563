using System.Text.Json.Nodes;

namespace FunctionalStack.Cli.Output;

/// <summary>Whether the stack is better than its best base, as JSON. <see cref="Reporting.Parts.Gains"/> has the sentence.</summary>
internal static class Comparisons
{
    /// <summary>The comparison as an object, or null.</summary>
    public static JsonObject? Json(Evaluation found, Target target) => found.WithBestBase(target) is not { } compared ? null : new()
    {
        ["model"] = compared.Model,
        ["base"] = compared.Other,
        ["metric"] = compared.Metric,
        ["difference"] = Output.Json.Number(compared.Difference),
        ["standardError"] = Output.Json.Number(compared.StandardError),
        ["lower"] = Output.Json.Number(compared.Lower),
        ["upper"] = Output.Json.Number(compared.Upper),
        ["p"] = Output.Json.Number(compared.P),
        ["folds"] = compared.Folds,
        ["better"] = compared.IsBetter,
    };
}
