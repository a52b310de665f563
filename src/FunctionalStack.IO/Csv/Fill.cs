namespace FunctionalStack.IO;

/// <summary>A column that is filled row by row in a known format. Mutable; for use inside one function.</summary>
internal interface IColumnFill
{
    void Add(int row, ReadOnlySpan<byte> cell);

    Column Column();
}

/// <summary>Fills columns in one scan.</summary>
internal static class Fill
{
    public static void All(TableText text, (int At, IColumnFill Fill)[] columns)
    {
        if (columns.Length == 0) return;
        using var rows = text.Scan();
        for (var row = 0; rows.Next(); row++)
        {
            foreach (var (at, fill) in columns) fill.Add(row, rows.Cell(at));
        }
    }
}

/// <summary>Numbers in a format. The first string and the first number that is too large are remembered.</summary>
internal sealed class NumberFill(int rowCount, TextFormat format) : IColumnFill
{
    private readonly PlainNumbers numbers = new(0, rowCount, format, default);

    public PlainNumbers Found => numbers;

    public void Add(int row, ReadOnlySpan<byte> cell) => numbers.Add(row, cell);

    public Column Column() => new Column.Numeric(EquatableArray.Own(numbers.Values));
}

/// <summary>Dates in an order, as seconds. The first cell that is not a date is remembered.</summary>
internal sealed class DateFill(int rowCount, DateOrder order, EquatableArray<string> missing) : IColumnFill
{
    private readonly double[] seconds = new double[rowCount];

    public int FirstString { get; private set; } = -1;

    public void Add(int row, ReadOnlySpan<byte> cell)
    {
        seconds[row] = double.NaN;
        Span<char> buffer = stackalloc char[Cell.Longest];
        var text = Cell.Chars(cell, buffer);
        if (MissingText.InNumbers(text, missing)) return;
        if (DateText.TryRead(text, order, out var date)) seconds[row] = date.Seconds;
        else if (FirstString < 0) FirstString = row;
    }

    public Column Column() => new Column.Numeric(EquatableArray.Own(seconds));
}
