namespace FunctionalStack;

/// <summary>Prediction intervals.</summary>
/// <param name="Level">The level, above 0 and below 1.</param>
/// <param name="Lower">The lower bound of each row; negative infinity if there are too few training rows for the level.</param>
/// <param name="Upper">The upper bound of each row, at least the lower one.</param>
public sealed record Intervals(double Level, EquatableArray<double> Lower, EquatableArray<double> Upper)
{
    /// <summary>The number of rows.</summary>
    public int Count => Lower.Count;

    /// <summary>The mean of upper minus lower bounds; NaN without rows.</summary>
    public double MeanWidth => Lower.Zip(Upper, (lower, upper) => upper - lower).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The share of the rows whose actual value is between its bounds, both included; NaN without rows.</summary>
    /// <exception cref="ArgumentException">The number of rows differs.</exception>
    public double Coverage(Target.Numeric actual) => actual.Count != Count
        ? throw new ArgumentException($"{Count} intervals for {actual.Count} rows", nameof(actual))
        : Enumerable.Range(0, Count).Select(row => actual.Values[row] >= Lower[row] && actual.Values[row] <= Upper[row] ? 1.0 : 0)
            .DefaultIfEmpty(double.NaN).Average();
}
