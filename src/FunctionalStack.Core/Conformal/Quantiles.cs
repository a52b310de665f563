namespace FunctionalStack;

/// <summary>Predicted quantiles. They never cross: in each row they ascend with the levels.</summary>
/// <param name="Levels">The levels, each above 0 and below 1, ascending.</param>
/// <param name="Values">Rows x levels, row-major. Infinite where there are too few training rows for a level.</param>
public sealed record Quantiles(EquatableArray<double> Levels, EquatableArray<double> Values)
{
    /// <summary>The number of rows.</summary>
    public int Count => Values.Count / Levels.Count;

    /// <summary>The quantile of a row at a level.</summary>
    /// <param name="row">The row.</param>
    /// <param name="level">The index of the level.</param>
    public double this[int row, int level] => Values[row * Levels.Count + level];

    /// <summary>The quantile of each row at a level.</summary>
    /// <param name="level">The index of the level.</param>
    public EquatableArray<double> Of(int level) => EquatableArray.From(Enumerable.Range(0, Count).Select(row => this[row, level]));

    /// <summary>The share of the rows whose actual value is at most their quantile, for each level; NaN without rows.</summary>
    /// <exception cref="ArgumentException">The number of rows differs.</exception>
    public EquatableArray<double> Coverage(Target.Numeric actual) => Mean(actual, (value, quantile, _) => value <= quantile ? 1 : 0);

    /// <summary>The mean pinball loss of each level (Koenker and Bassett 1978): q per unit that the actual value is above the quantile of
    /// level q, 1 - q per unit that it is below. Lower is better, and the quantiles of the distribution have the lowest expected loss.
    /// NaN without rows.</summary>
    /// <exception cref="ArgumentException">The number of rows differs.</exception>
    public EquatableArray<double> PinballLosses(Target.Numeric actual) => Mean(actual, (value, quantile, level) =>
        value >= quantile ? level * (value - quantile) : (1 - level) * (quantile - value));

    /// <summary>The mean of <see cref="PinballLosses"/> over the levels.</summary>
    /// <exception cref="ArgumentException">The number of rows differs.</exception>
    public double PinballLoss(Target.Numeric actual) => PinballLosses(actual).Average();

    private EquatableArray<double> Mean(Target.Numeric actual, Func<double, double, double, double> of) => actual.Count != Count
        ? throw new ArgumentException($"quantiles of {Count} rows for {actual.Count} rows", nameof(actual))
        : EquatableArray.From(Levels.Select((level, j) => Enumerable.Range(0, Count)
            .Select(row => of(actual.Values[row], this[row, j], level)).DefaultIfEmpty(double.NaN).Average()));
}
