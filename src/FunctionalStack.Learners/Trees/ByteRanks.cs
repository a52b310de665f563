namespace FunctionalStack.Learners;

/// <summary>Ranks of a column as bytes, that of row r at <c>Cells[Offset + r * Stride]</c>.</summary>
internal readonly record struct ByteRanks(byte[] Cells, int Offset, int Stride)
{
    /// <summary>Ranks that a core's nearer caches hold anyway.</summary>
    private const long NearCells = 1 << 18;

    /// <summary>
    /// The same columns, those of bytes also row by row: the rows of a small node, and so of all nodes below it, then lie
    /// in few lines of cache, whichever columns are looked at.
    /// </summary>
    public static RankedColumn[] LaidByRow(RankedColumn[] columns, int rows)
    {
        var bytes = columns.Where(column => column.HasBytes).ToArray();
        if (bytes.Length < 2 || rows * (long)bytes.Length is < NearCells or > int.MaxValue / 2) return columns;
        var cells = new byte[rows * bytes.Length];
        for (var at = 0; at < bytes.Length; at++)
        {
            var column = bytes[at].Bytes(rows).Cells;
            for (int row = 0, to = at; row < rows; row++, to += bytes.Length) cells[to] = column[row];
        }

        return Array.ConvertAll(columns, column => Array.IndexOf(bytes, column) is var at and >= 0 ? column.LaidByRow(new(cells, at, bytes.Length), rows / 16) : column);
    }
}
