namespace FunctionalStack.Serving;

/// <summary>Rows as cells of the model's columns (<see cref="RowCells"/>). Mutable while it is read.</summary>
internal sealed class RowBlock(Schema schema)
{
    private double[] numbers = new double[schema.Columns.Count];

    // Texts that are not levels of their column, or levels in another spelling. Most requests have none.
    private string?[]? texts;

    /// <summary>The rows of a table that conforms to the schema.</summary>
    public static RowBlock Of(Schema schema, Frame rows)
    {
        var block = new RowBlock(schema);
        var columns = schema.Columns.Select(column => rows[column.Name]).ToArray();
        for (var row = 0; row < rows.RowCount; row++)
        {
            block.Add();
            for (var place = 0; place < columns.Length; place++)
            {
                var known = schema.Columns[place] is ColumnSchema.Categorical { Levels.Count: var count } ? count : 0;
                if (columns[place] is not Column.Categorical categories) block.Set(place, ((Column.Numeric)columns[place])[row]);
                else if (categories[row] < known) block.Set(place, categories[row]);
                else block.Set(place, known + place, categories.LevelOf(row)!);
            }
        }

        return block;
    }

    public int Count { get; private set; }

    /// <summary>Whether a cell is reported by a note.</summary>
    public bool IsNoted { get; set; }

    private int Width => schema.Columns.Count;

    /// <summary>Adds a row. Its cells must all be set.</summary>
    public void Add()
    {
        if (++Count * (long)Width <= numbers.Length) return;
        var room = (int)Math.Min(Math.Max(2L * numbers.Length, Width), Array.MaxLength);
        Array.Resize(ref numbers, room);
        if (texts is not null) Array.Resize(ref texts, room);
    }

    /// <summary>Sets a cell of the last row.</summary>
    public void Set(int place, double cell) => numbers[(Count - 1) * Width + place] = cell;

    /// <summary>Sets a cell of the last row, with its text.</summary>
    public void Set(int place, double cell, string text)
    {
        texts ??= new string?[numbers.Length];
        Set(place, cell);
        texts[(Count - 1) * Width + place] = text;
    }

    public ReadOnlySpan<double> Numbers(int row) => numbers.AsSpan(row * Width, Width);

    /// <summary>The texts of a row; <paramref name="none"/> if no row has any.</summary>
    public ReadOnlySpan<string?> Texts(int row, string?[] none) => texts is null ? none : texts.AsSpan(row * Width, Width);

    /// <summary>Some of the rows as a table, as <see cref="Schema.Conform"/> reads it.</summary>
    public Frame Frame(int from, int count) => new(count, EquatableArray.From(schema.Columns.Select((column, place) =>
        new NamedColumn(column.Name,
            column is ColumnSchema.Numeric ? Numeric(place, from, count) : Categories(column, place, from, count)))));

    private Column.Numeric Numeric(int place, int from, int count)
    {
        var column = new double[count];
        for (var row = 0; row < count; row++) column[row] = numbers[(from + row) * Width + place];
        return new(EquatableArray.Own(column));
    }

    // Cells without a text are levels, which stay as they are.
    private Column Categories(ColumnSchema column, int place, int from, int count)
    {
        var levels = column is ColumnSchema.Categorical known ? known.Levels : default;
        var cells = new string?[count];
        var plain = column is ColumnSchema.Categorical;
        for (var row = 0; row < count; row++)
        {
            var at = (from + row) * Width + place;
            cells[row] = texts?[at] ?? (numbers[at] < 0 ? null : levels[(int)numbers[at]]);
            plain = plain && texts?[at] is null;
        }

        if (!plain) return Column.Categorical.Of(cells);
        var codes = new int[count];
        for (var row = 0; row < count; row++) codes[row] = (int)numbers[(from + row) * Width + place];
        return Column.Categorical.Known(levels, EquatableArray.Own(codes));
    }
}
