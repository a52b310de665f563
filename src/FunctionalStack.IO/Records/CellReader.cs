namespace FunctionalStack.IO;

/// <summary>Reads a field of a record as the cell of a column (<see cref="RowCells"/>), as <see cref="Schema.Conform"/> does for
/// frames.</summary>
internal abstract class CellReader<T>
{
    /// <summary>The cell of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="texts">The texts of the row, of which this column's is the one at its place.</param>
    /// <param name="cell">The cell.</param>
    public abstract CellRead Read(T row, Span<string?> texts, out double cell);

    /// <summary>The reader of a column.</summary>
    /// <param name="column">The column.</param>
    /// <param name="place">Its place in the schema.</param>
    /// <param name="own">The reading of the field with its name; null if there is none.</param>
    /// <param name="source">The reading of the date of which the column is a part.</param>
    public static CellReader<T> Of(ColumnSchema column, int place, Reading<T>? own, Reading<T>? source) => (column, own) switch
    {
        (ColumnSchema.Numeric, Reading<T>.Numbers numbers) => new Number(numbers.Of),
        (ColumnSchema.Numeric, Reading<T>.Booleans booleans) => new Number(booleans.Of),
        (ColumnSchema.Numeric { Text.Date: { } date }, null) when source is Reading<T>.Moments moments =>
            new Number(row => DateColumns.Part(moments.Of(row), date.Part)),
        (ColumnSchema.Categorical known, Reading<T>.Strings strings) => new Category(known, place, strings.Of),
        (ColumnSchema.Categorical known, Reading<T>.Numbers numbers) => new NumberedCategory(known, place, numbers.Of),
        (ColumnSchema.Categorical known, Reading<T>.Booleans booleans) => new NumberedCategory(known, place, booleans.Of),
        (ColumnSchema.Texts, Reading<T>.Strings strings) => new Text(place, strings.Of),
        _ => new Unread(),
    };

    // The code of the text at a place, which follows the levels.
    private static CellRead Unseen(string text, int levels, int place, Span<string?> texts, out double cell)
    {
        texts[place] = text;
        cell = levels + place;
        return CellRead.Noted;
    }

    private sealed class Number(Func<T, double> of) : CellReader<T>
    {
        public override CellRead Read(T row, Span<string?> texts, out double cell)
        {
            cell = of(row);
            return CellRead.Usual;
        }
    }

    private sealed class Category(ColumnSchema.Categorical column, int place, Func<T, string?> of) : CellReader<T>
    {
        public override CellRead Read(T row, Span<string?> texts, out double cell)
        {
            cell = -1;
            if (of(row) is not { Length: > 0 } text) return CellRead.Usual;
            if (column.CodeOf(text) is not (var code and >= 0)) return Unseen(text, column.Levels.Count, place, texts, out cell);
            cell = code;
            return column.Levels[code] == text ? CellRead.Usual : CellRead.Noted;
        }
    }

    private sealed class NumberedCategory(ColumnSchema.Categorical column, int place, Func<T, double> of) : CellReader<T>
    {
        public override CellRead Read(T row, Span<string?> texts, out double cell)
        {
            cell = -1;
            var number = of(row);
            if (double.IsNaN(number)) return CellRead.Usual;
            if (column.CodeOf(number) is not { } code) return CellRead.Refused;
            if (code < 0) return Unseen(Word.Of(number), column.Levels.Count, place, texts, out cell);
            cell = code;
            return column.Levels[code] == Word.Of(number) ? CellRead.Usual : CellRead.Noted;
        }
    }

    private sealed class Text(int place, Func<T, string?> of) : CellReader<T>
    {
        public override CellRead Read(T row, Span<string?> texts, out double cell)
        {
            cell = -1;
            if (of(row) is { Length: > 0 } text) Unseen(text, 0, place, texts, out cell);
            return CellRead.Usual;
        }
    }

    /// <summary>Other fields, such as strings for a numeric column: such rows are predicted as frames.</summary>
    private sealed class Unread : CellReader<T>
    {
        public override CellRead Read(T row, Span<string?> texts, out double cell)
        {
            cell = double.NaN;
            return CellRead.Refused;
        }
    }
}

/// <summary>How a cell was read.</summary>
internal enum CellRead
{
    /// <summary>As it is.</summary>
    Usual,

    /// <summary>With a note: an unseen level, or another spelling.</summary>
    Noted,

    /// <summary>Not at all.</summary>
    Refused,
}
