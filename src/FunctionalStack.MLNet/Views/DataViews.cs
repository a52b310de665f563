using Microsoft.ML;
using Microsoft.ML.Data;

namespace FunctionalStack.MLNet;

/// <summary>Converts between frames or datasets and the views of ML.NET.</summary>
/// <remarks>
/// Columns of numbers and booleans are numeric (true is 1). Keys are categories with the key values as levels, in their order; key 0 is
/// missing. Texts are categories; an empty text is missing. A vector of numbers becomes one column for each element, with its slot name
/// or <c>NAME.0</c>, <c>NAME.1</c>, ... Dates become numeric columns (<see cref="DateColumns"/>). The other direction writes numbers in
/// double precision and categories as keys, so that there and back is the identity.
/// </remarks>
public static class DataViews
{
    /// <summary>The columns of a view, all rows in their order.</summary>
    /// <param name="view">The view.</param>
    /// <param name="columns">The names of the columns; empty for all that are not hidden.</param>
    /// <returns>The frame. Fails if a column is absent or its type has no place in a frame, or if two have the same name.</returns>
    public static Outcome<Frame> ToFrame(this IDataView view, params string[] columns) =>
        from found in columns.Length == 0
            ? Outcome.Ok(EquatableArray.From(ViewReader.Visible(view)))
            : Outcome.All(columns.Select(name => ViewReader.Find(view, name)))
        from frame in Frame(view, found, DateReading.ToPredict)
        select frame;

    /// <summary>
    /// A dataset with the target <paramref name="label"/>: classes for keys, texts and booleans (<c>False</c>, <c>True</c>), otherwise
    /// numbers.
    /// </summary>
    /// <param name="view">The view.</param>
    /// <param name="label">The column of the target.</param>
    /// <param name="columns">The names of the columns of features; empty for all others, so that no copy of the label may be among
    /// them.</param>
    /// <returns>The dataset. Fails as <see cref="ToFrame(IDataView, string[])"/> does, if a label is missing, if there are no rows, and if
    /// the label is among the features.</returns>
    public static Outcome<Dataset> ToDataset(this IDataView view, string label, params string[] columns) =>
        from column in ViewReader.Find(view, label)
        from target in Targets.Of(view, column)
        from some in Targets.Some("the view", target)
        from features in columns.Length == 0
            ? Outcome.Ok(EquatableArray.From(ViewReader.Visible(view).Where(one => one.Name != label)))
            : columns.Contains(label) ? Outcome.Fail<EquatableArray<DataViewSchema.Column>>(
                $"column '{label}'", "is both the label and a feature", "Leave it out of the features.")
            : Outcome.All(columns.Select(name => ViewReader.Find(view, name)))
        from _ in features.Count > 0 ? Outcome.Ok(0) : Outcome.Fail<int>(
            "the view", $"has no columns but the label '{label}'", "Add columns of features.")
        from frame in Frame(view, features, DateReading.ToFit)
        select new Dataset(frame, target).WithTargetName(label);

    private static Outcome<Frame> Frame(IDataView view, EquatableArray<DataViewSchema.Column> columns, DateReading dates) =>
        from read in Outcome.All(columns.Select(column => ViewReader.Read(view, column, dates)))
        let all = EquatableArray.From(read.SelectMany(one => one))
        from frame in Frames.Of("the view", "elements of vectors", all, all.Count > 0 ? all[0].Column.Count : 0)
        select frame;

    /// <summary>A view of a frame: numeric columns in double precision, categorical columns as keys with their levels as key
    /// values.</summary>
    public static IDataView ToDataView(this Frame frame) => new ColumnsView(frame.RowCount, [.. frame.Columns.Select(Of)]);

    /// <summary>The same with the target as a column: keys for classes, otherwise numbers in double precision. Weights, groups, folds and
    /// times become columns <c>Weight</c>, <c>Group</c>, <c>Fold</c> and <c>Time</c>.</summary>
    public static IDataView ToDataView(this Dataset data, string label = "Label") =>
        new ColumnsView(data.RowCount, [.. data.Frame.Columns.Concat(RoleColumns.Of(data, label)).Select(Of)]);

    private static ViewColumn Of(NamedColumn named) => named.Column is Column.Categorical categories
        ? ViewColumn.Keys(named.Name, categories.Levels, () => Array.ConvertAll(categories.ToArray(), code => (uint)(code + 1)))
        : ViewColumn.Doubles(named.Name, ((Column.Numeric)named.Column).ToArray);
}
