namespace FunctionalStack.IO;

/// <summary>What a column of a table was read as.</summary>
public enum ReadAs
{
    Numbers,
    Categories,
    Dates,
}

/// <summary>A text and the number of rows that hold it.</summary>
public readonly record struct SpellingCount(string Text, int Rows);

/// <summary>How a column of a table was read.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Kind">As what.</param>
/// <param name="Text">In which format.</param>
/// <param name="Missing">How missing values are written, empty cells aside.</param>
/// <param name="Kept">Texts kept as categories that often stand for a missing value.</param>
/// <param name="Features">The columns made of a date that is a feature.</param>
/// <param name="Order">How dates are written.</param>
public sealed record ColumnReading(
    string Name,
    ReadAs Kind,
    TextFormat Text,
    EquatableArray<SpellingCount> Missing = default,
    EquatableArray<SpellingCount> Kept = default,
    EquatableArray<string> Features = default,
    DateOrder Order = DateOrder.YearFirst)
{
    /// <summary>Whether it is missing in every row.</summary>
    public bool IsEmpty { get; init; }
}
