namespace FunctionalStack;

/// <summary>Prediction sets: the classes that each row may have. No set is empty.</summary>
/// <param name="Level">The level, above 0 and below 1.</param>
/// <param name="Levels">The classes.</param>
/// <param name="Members">Rows x classes, row-major: whether the set of the row contains the class.</param>
public sealed record PredictionSets(double Level, EquatableArray<string> Levels, EquatableArray<bool> Members)
{
    /// <summary>The number of rows.</summary>
    public int Count => Members.Count / Levels.Count;

    /// <summary>The mean number of classes in a set; NaN without rows.</summary>
    public double MeanSize => Count == 0 ? double.NaN : (double)Members.Count(member => member) / Count;

    /// <summary>The classes in the set of a row, in the order of <see cref="Levels"/>.</summary>
    public EquatableArray<string> Of(int row) =>
        EquatableArray.From(Levels.Where((_, code) => Members[row * Levels.Count + code]));

    /// <summary>The share of the rows whose actual class is in its set; NaN without rows.</summary>
    /// <exception cref="ArgumentException">The number of rows differs.</exception>
    public double Coverage(Target.Classes actual) => actual.Count != Count
        ? throw new ArgumentException($"{Count} sets for {actual.Count} rows", nameof(actual))
        : Enumerable.Range(0, Count).Select(row => Of(row).Contains(actual.Levels[actual.Codes[row]]) ? 1.0 : 0)
            .DefaultIfEmpty(double.NaN).Average();
}
