namespace FunctionalStack.Learners;

/// <summary>The ranks of a column as bytes. The rank of row r is <c>Cells[Offset + r * Stride]</c>.</summary>
internal readonly record struct ByteRanks(byte[] Cells, int Offset, int Stride)
{
    /// <summary>The number of ranks that fit in the core's first caches.</summary>
    private const long NearCells = 1 << 18;

    /// <summary>The number of rows that are laid out at a time, so that they stay in the cache.</summary>
    private const int BlockRows = 1 << 10;

    /// <summary>
    /// The same columns, with byte ranks also stored row by row: the rows of a small node, and of all nodes below it, then share
    /// few cache lines, whichever columns are read.
    /// </summary>
    public static RankedColumn[] LaidByRow(RankedColumn[] columns, int rows, WorkSharing work)
    {
        var bytes = columns.Where(column => column.HasBytes).ToArray();
        if (bytes.Length < 2 || rows * (long)bytes.Length is < NearCells or > int.MaxValue / 2) return columns;
        var cells = new byte[rows * bytes.Length];
        work.Run((rows + BlockRows - 1) / BlockRows, block =>
        {
            var (start, end) = (block * BlockRows, Math.Min(rows, (block + 1) * BlockRows));
            for (var at = 0; at < bytes.Length; at++)
            {
                var column = bytes[at].Bytes(rows).Cells;
                for (int row = start, to = start * bytes.Length + at; row < end; row++, to += bytes.Length) cells[to] = column[row];
            }
        });

        return Array.ConvertAll(columns,
            column => Array.IndexOf(bytes, column) is var at and >= 0 ? column.LaidByRow(new(cells, at, bytes.Length), rows / 16) : column);
    }
}
