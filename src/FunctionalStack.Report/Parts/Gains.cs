using FunctionalStack.Reporting.Markup;

namespace FunctionalStack.Reporting.Parts;

/// <summary>Whether the stack is better than its best base, and the simplest model that is as good, in one sentence.</summary>
internal static class Gains
{
    /// <summary>The sentence; null if there is no stack, or no mean score is defined.</summary>
    public static string? Text(Evaluation found, Target target)
    {
        if (found.WithBestBase(target) is not { } compared) return null;
        var (by, title) = (Figures.Fixed(Math.Abs(compared.Difference)), Figures.Title(compared.Metric));
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
            : $" (95% interval of the difference {Figures.Fixed(compared.Lower)} to {Figures.Fixed(compared.Upper)}, p = "
                + $"{P(compared.P)}, corrected resampled t-test)";
        var simplest = found.Simplest(target) is { } one
            ? $"; the simplest model within one standard error of the best is {one.Name}" : "";
        return $"{verdict}, {compared.Other}: {difference}{test}{simplest}.";
    }

    // A p-value below the resolution of the table is not shown as 0.
    private static string P(double p) => p < 0.0001 ? "below 0.0001" : Figures.Fixed(p);
}
