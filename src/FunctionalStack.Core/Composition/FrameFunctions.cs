namespace FunctionalStack;

/// <summary>A model without a function for single rows: predicts a frame of one row.</summary>
internal sealed class FrameModel(IModel model, Prediction outline, Frame columns) : RowFunction
{
    public override int Count { get; } = outline.Width();

    public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
    {
        if (model.Predict(OneRow.Of(columns, row)) is not Outcome<Prediction>.Ok { Value: var prediction }) return false;
        var numbers = prediction is Prediction.Probabilities p
            ? p.For(((Prediction.Probabilities)outline).Levels).Matrix : ((Prediction.Numeric)prediction).Values;
        numbers.AsSpan().CopyTo(results);
        return true;
    }
}

/// <summary>A map without a function for single rows: maps a frame of one row.</summary>
internal sealed class FrameMap(IMap map, Frame columns, Frame made) : RowFunction
{
    public override int Count => made.Columns.Count;

    public override bool Run(RowCells row, Span<double> results, Span<double> scratch)
    {
        if (map.Apply(OneRow.Of(columns, row)) is not Outcome<Frame>.Ok { Value: var frame }) return false;
        for (var c = 0; c < results.Length; c++)
        {
            if (OneRow.Cell(frame.Columns[c].Column, made.Columns[c].Column, row.Texts) is not { } cell) return false;
            results[c] = cell;
        }

        return true;
    }
}

/// <summary>Frames of one row.</summary>
internal static class OneRow
{
    /// <summary>The row as a frame.</summary>
    public static Frame Of(Frame columns, RowCells row)
    {
        var named = new NamedColumn[columns.Columns.Count];
        for (var c = 0; c < named.Length; c++)
        {
            var column = columns.Columns[c];
            named[c] = column with
            {
                Column = column.Column is Column.Categorical { Levels: var levels }
                    ? Category(levels, (int)row[c], row.Texts) : new Column.Numeric(EquatableArray.Own([row[c]])),
            };
        }

        return new(1, EquatableArray.Own(named));
    }

    /// <summary>The cell of a column of one row, by the levels of <paramref name="expected"/>; null if the column is of another kind or has
    /// a level that is neither expected nor among the texts.</summary>
    public static double? Cell(Column column, Column expected, ReadOnlySpan<string?> texts)
    {
        if (column is Column.Numeric numeric) return expected is Column.Numeric ? numeric[0] : null;
        if (expected is not Column.Categorical { Levels: var levels }) return null;
        if (((Column.Categorical)column).LevelOf(0) is not { } level) return -1;
        return levels.AsSpan().IndexOf(level) is var known and >= 0 ? known
            : texts.IndexOf(level) is var text and >= 0 ? levels.Count + text
            : null;
    }

    private static Column.Categorical Category(EquatableArray<string> levels, int code, ReadOnlySpan<string?> texts) =>
        code < levels.Count ? Column.Categorical.Known(levels, EquatableArray.Own([code]))
        : Column.Categorical.Known([.. levels, texts[code - levels.Count]!], EquatableArray.Own([levels.Count]));
}
