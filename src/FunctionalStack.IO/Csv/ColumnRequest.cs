namespace FunctionalStack.IO;

/// <summary>A column of training rows to read.</summary>
/// <param name="At">The index of the column.</param>
/// <param name="Kind">The required kind; null to decide by its cells.</param>
/// <param name="Dates">Whether dates are recognized; otherwise they are strings.</param>
/// <param name="NotNumbers">What to do if a numeric column holds something else.</param>
/// <param name="Parses">Whether a column known to be of strings may hold numbers or dates.</param>
/// <param name="Digits">What to do to keep all digits of large whole numbers, at the end of a note; empty for nothing.</param>
internal sealed record ColumnRequest(int At, ColumnKind? Kind = null, bool Dates = true,
    string NotNumbers = "Correct the cell, or leave it empty.", string Digits = "", bool Parses = false)
{
    /// <summary>The same with the kind of a column of known type, if it has one.</summary>
    public ColumnRequest Of(TypedColumn? type) =>
        type is TypedColumn.Strings && Kind is null && !Parses ? this with { Kind = ColumnKind.Categorical } : this;
}

/// <summary>A column that was read.</summary>
/// <param name="Column">Numbers or categories; for dates the seconds.</param>
/// <param name="Reading">How it was read.</param>
internal sealed record ColumnRead(Column Column, ColumnReading Reading)
{
    /// <summary>The features: a column, or the parts of a date.</summary>
    public EquatableArray<NamedColumn> Features => Reading.Kind == ReadAs.Dates
        ? DateColumns.Of(Reading.Name, EquatableArray.Own(((Column.Numeric)Column).ToArray()), Reading.Text, Reading.Order)
        : [new NamedColumn(Reading.Name, Column) { Text = Reading.Text }];
}
