using System.Text.Json.Nodes;

namespace FunctionalStack.Cli.Output;

/// <summary>Whether the stack is better than its best base, and the simplest model that is as good, as text and as JSON.</summary>
internal static class Gains
{
    /// <summary>One sentence; null if there is no stack, or no mean score is defined.</summary>
    public static string? Text(Evaluation found, Target target)
    {
        if (found.WithBestBase(target) is not { } compared) return null;
        var (by, title) = (Tables.Fixed(Math.Abs(compared.Difference)), Tables.Title(compared.Metric));
        var difference = compared.Difference == 0 ? $"equal {title}"
            : $"{title} {(compared.Difference < 0 ? "lower" : "higher")} by {by}";
        var verdict = compared switch
        {
            { P: double.NaN } => "With a single fold there is no test of whether the stack is better than its best base",
            { IsBetter: true } => "The stack is better than its best base",
            { IsWorse: true } => "The stack is worse than its best base",
            _ => "These folds do not show that the stack is better than its best base",
        };
        var test = double.IsNaN(compared.P) ? ""
            : $" (95% interval of the difference {Tables.Fixed(compared.Lower)} to {Tables.Fixed(compared.Upper)}, p = "
                + $"{P(compared.P)}, corrected resampled t-test)";
        var simplest = found.Simplest(target) is { } one
            ? $"; the simplest model within one standard error of the best is {Plain.Text(one.Name)}" : "";
        return $"{verdict}, {Plain.Text(compared.Other)}: {difference}{test}{simplest}.";
    }

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

    // A p-value below the resolution of the table is not shown as 0.
    private static string P(double p) => p < 0.0001 ? "below 0.0001" : Tables.Fixed(p);
}
