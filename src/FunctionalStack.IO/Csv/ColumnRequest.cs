namespace FunctionalStack.IO;

/// <summary>A column of training rows to be read.</summary>
/// <param name="At">Where it lies.</param>
/// <param name="Kind">Of which kind it must be; null for whichever its cells say.</param>
/// <param name="Dates">Whether it may hold dates; else these are words.</param>
internal sealed record ColumnRequest(int At, ColumnKind? Kind = null, bool Dates = true);

/// <summary>A column as it was read.</summary>
/// <param name="Column">Numbers or categories; of dates the seconds.</param>
/// <param name="Reading">How.</param>
internal sealed record ColumnRead(Column Column, ColumnReading Reading)
{
    /// <summary>As features: a column, or the parts of a date.</summary>
    public EquatableArray<NamedColumn> Features => Reading.Kind == ReadAs.Dates
        ? DateColumns.Of(Reading.Name, EquatableArray.Own(((Column.Numeric)Column).ToArray()), Reading.Text, Reading.Order)
        : [new NamedColumn(Reading.Name, Column) { Text = Reading.Text }];
}
