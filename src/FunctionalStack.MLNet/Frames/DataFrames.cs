using System.Globalization;
using Microsoft.Data.Analysis;

namespace FunctionalStack.MLNet;

/// <summary>Converts between frames or datasets and the data frames of Microsoft.Data.Analysis.</summary>
/// <remarks>
/// Columns of numbers and booleans are numeric (true is 1), strings are categories with their levels in ordinal order, dates become numeric
/// columns (<see cref="DateColumns"/>), and null is missing. So is an empty string. The other direction writes numbers in double precision
/// and categories as strings, so that there and back is the identity, if the levels are in ordinal order and each occurs.
/// </remarks>
public static class DataFrames
{
    /// <summary>A frame of all columns. Fails if the type of one has no place in a frame, or if two have the same name.</summary>
    public static Outcome<Frame> ToFrame(this DataFrame frame) => Frame(frame, frame.Columns, DateReading.ToPredict);

    private static Outcome<Frame> Frame(DataFrame frame, IEnumerable<DataFrameColumn> columns, DateReading dates) =>
        from read in Outcome.All(columns.Select(column => Read(column, dates)))
        let all = EquatableArray.From(read.SelectMany(one => one))
        from made in Frames.Of("the data frame", "parts of dates", all, (int)frame.Rows.Count)
        select made;

    /// <summary>
    /// A dataset with the target <paramref name="label"/>: classes for strings and booleans (<c>False</c>, <c>True</c>), otherwise numbers.
    /// Fails if there is no such column, as <see cref="ToFrame(DataFrame)"/> does, if a label is missing, and if there are no
    /// rows.
    /// </summary>
    public static Outcome<Dataset> ToDataset(this DataFrame frame, string label)
    {
        if (frame.Columns.FirstOrDefault(column => column.Name == label) is not { } labels) return Outcome.Fail<Dataset>(
            "the data frame", $"has no column '{label}'",
                $"The columns are {string.Join(", ", frame.Columns.Select(column => column.Name))}.");
        return from read in labels.DataType == typeof(bool)
                   ? Outcome.Ok<Column>(Strings(labels))
                   : labels.DataType == typeof(DateTime)
                   ? Outcome.Fail<Column>($"column '{label}'", "holds dates, which are no label",
                       "Give a column of strings, booleans or numbers.")
                   : Read(labels, DateReading.ToFit).Map(parts => parts[0].Column)
               from target in Targets.Of(label, read)
               from some in Targets.Some("the data frame", target)
               from features in Frame(frame, frame.Columns.Where(column => column.Name != label), DateReading.ToFit)
               select new Dataset(features, target).WithTargetName(label);
    }

    /// <summary>A data frame of all columns: numeric columns in double precision, categorical columns as strings.</summary>
    public static DataFrame ToDataFrame(this Frame frame) => new(frame.Columns.Select(Of));

    /// <summary>The same with the target as a column after the features. Weights, groups, folds and times follow as columns <c>Weight</c>,
    /// <c>Group</c>, <c>Fold</c> and <c>Time</c>.</summary>
    public static DataFrame ToDataFrame(this Dataset data, string label = "Label") =>
        new(data.Frame.Columns.Concat(RoleColumns.Of(data, label)).Select(Of));

    private static Outcome<EquatableArray<NamedColumn>> Read(DataFrameColumn column, DateReading dates)
    {
        if (column.DataType == typeof(string) || column.DataType == typeof(char)) return One(column, Strings(column));
        if (column.DataType == typeof(DateTime)) return Outcome.Ok(dates.Of(column.Name, Cells(column).Select(cell => (DateTime?)cell)));
        return column.IsNumericColumn() || column.DataType == typeof(bool)
            ? One(column, new Column.Numeric(EquatableArray.From(Cells(column).Select(Number))))
            : Outcome.Fail<EquatableArray<NamedColumn>>($"column '{column.Name}'",
                $"is of type {column.DataType.Name}, which has no place in a frame", "Convert it to numbers or strings, or leave it out.");
    }

    private static Outcome<EquatableArray<NamedColumn>> One(DataFrameColumn column, Column read) =>
        Outcome.Ok<EquatableArray<NamedColumn>>([new(column.Name, read)]);

    private static Column.Categorical Strings(DataFrameColumn column) => Column.Categorical.Of(
        [.. Cells(column).Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture))]);

    private static double Number(object? cell) => cell is null ? double.NaN : Convert.ToDouble(cell, CultureInfo.InvariantCulture);

    private static IEnumerable<object?> Cells(DataFrameColumn column)
    {
        for (var row = 0L; row < column.Length; row++) yield return column[row];
    }

    private static DataFrameColumn Of(NamedColumn named) => named.Column is Column.Categorical categories
        ? new StringDataFrameColumn(named.Name, Enumerable.Range(0, categories.Count).Select(categories.LevelOf))
        : new DoubleDataFrameColumn(named.Name,
            ((Column.Numeric)named.Column).ToArray().Select(number => double.IsNaN(number) ? (double?)null : number));
}
