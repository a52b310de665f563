using System.Runtime.CompilerServices;

namespace FunctionalStack;

/// <summary>A map that can be compiled for single rows.</summary>
internal interface IRowwiseMap : IMap
{
    /// <summary>The map for single rows with these columns; null if it cannot be compiled for them.</summary>
    RowMap? ForRow(Frame columns);
}

/// <summary>A model that can be compiled for single rows.</summary>
internal interface IRowwiseModel : IModel
{
    /// <summary>The function that computes the predictions of single rows with these columns; null if there is none.</summary>
    RowFunction? ForRow(Frame columns);
}

/// <summary>Compiles models and maps for single rows.</summary>
internal static class Rowwise
{
    /// <summary>The model for single rows that conform to a schema; null if it cannot predict any.</summary>
    public static RowModel? Of(IModel model, Schema schema) => Of(model, new Frame(0, EquatableArray.From(schema.Columns.Select(column =>
        new NamedColumn(column.Name, column switch
        {
            ColumnSchema.Categorical { Levels: var levels } => Column.Categorical.Known(levels, default),
            ColumnSchema.Texts => Column.Categorical.Known(default, default),
            _ => new Column.Numeric(default),
        })
        { Text = column.Text }))));

    /// <summary>The model for single rows; null if it cannot predict rows with these columns.</summary>
    /// <param name="model">Any model. Parts without a function of their own predict a frame of one row.</param>
    /// <param name="columns">The columns, without rows.</param>
    public static RowModel? Of(IModel model, Frame columns) =>
        model.Predict(columns) is not Outcome<Prediction>.Ok { Value: var outline } ? null
        : (model as IRowwiseModel)?.ForRow(columns) is { } function ? new(outline, function)
        : new(outline, new FrameModel(model, outline, columns));

    /// <inheritdoc cref="Of(IModel, Frame)"/>
    public static RowMap? Of(IMap map, Frame columns) =>
        (map as IRowwiseMap)?.ForRow(columns)
        ?? (map.Apply(columns) is Outcome<Frame>.Ok { Value: var made } ? new(made, new FrameMap(map, columns, made)) : null);

    /// <summary>The number of results per row of a prediction.</summary>
    public static int Width(this Prediction outline) => outline is Prediction.Probabilities { Levels.Count: var count } ? count : 1;

    /// <summary>The place of each of the named columns; null if one of them is absent or not numeric.</summary>
    public static int[]? NumericPlaces(this Frame columns, EquatableArray<string> names)
    {
        var places = new int[names.Count];
        for (var i = 0; i < places.Length; i++)
        {
            if (columns.PlaceOf(names[i]) is not { } place || columns.Columns[place].Column is not Column.Numeric) return null;
            places[i] = place;
        }

        return places;
    }

    /// <summary>The number of scratch cells that hold some numbers of another type.</summary>
    public static int CellsOf<T>(int count) where T : unmanaged =>
        (count * Unsafe.SizeOf<T>() + sizeof(double) - 1) / sizeof(double);

    /// <summary>Copies the cells at <paramref name="places"/>. Returns false if one is not finite.</summary>
    public static bool GatherFinite(this RowCells row, ReadOnlySpan<int> places, Span<double> cells)
    {
        for (var i = 0; i < places.Length; i++)
        {
            cells[i] = row[places[i]];
            if (!double.IsFinite(cells[i])) return false;
        }

        return true;
    }
}
