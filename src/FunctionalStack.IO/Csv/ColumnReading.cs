namespace FunctionalStack.IO;

/// <summary>The type that a column of a table was read as.</summary>
public enum ReadAs
{
    /// <summary>Numbers.</summary>
    Numbers,

    /// <summary>Categories.</summary>
    Categories,

    /// <summary>Dates.</summary>
    Dates,

    /// <summary>Categories that are texts of several words (<see cref="FunctionalStack.Texts"/>).</summary>
    Texts,
}

/// <summary>A spelling and the number of rows with it.</summary>
/// <param name="Text">The spelling.</param>
/// <param name="Rows">The number of rows.</param>
public readonly record struct SpellingCount(string Text, int Rows);

/// <summary>How a column of a table was read.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Kind">The type.</param>
/// <param name="Text">The number format.</param>
/// <param name="Missing">The spellings of missing values, except empty cells.</param>
/// <param name="Kept">Categories that often are a spelling of a missing value.</param>
/// <param name="Features">For a date that is a feature, the columns derived from it.</param>
/// <param name="Order">The order of day, month and year in dates.</param>
public sealed record ColumnReading(
    string Name,
    ReadAs Kind,
    TextFormat Text,
    EquatableArray<SpellingCount> Missing = default,
    EquatableArray<SpellingCount> Kept = default,
    EquatableArray<string> Features = default,
    DateOrder Order = DateOrder.YearFirst)
{
    /// <summary>Whether every row is missing.</summary>
    public bool IsEmpty { get; init; }
}
