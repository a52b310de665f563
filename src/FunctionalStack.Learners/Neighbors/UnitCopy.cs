namespace FunctionalStack.Learners;

/// <summary>How rows are copied for the filter of <see cref="NearestRows"/>: centred, and scaled by a power of two that brings the training
/// cells into [-1, 1].</summary>
/// <param name="Centre">One value per column, near the column's mean.</param>
/// <param name="Scale">The power of two.</param>
/// <param name="Usable">False if single precision cannot hold such copies. Then all distances are computed in double precision.</param>
internal sealed record UnitCopy(double[] Centre, double Scale, bool Usable)
{
    // With a smaller exponent, squares of scaled cells neither overflow nor underflow completely in double precision.
    private const int LargestExponent = 400;

    public static UnitCopy Of(ReadOnlySpan<double> rows, int count, int columns)
    {
        var centre = new double[columns];
        var share = 1.0 / count;
        for (var i = 0; i < count; i++)
        {
            for (var c = 0; c < columns; c++) centre[c] += rows[i * columns + c] * share;
        }

        var largest = 0.0;
        for (var i = 0; i < count; i++)
        {
            for (var c = 0; c < columns; c++) largest = Math.Max(largest, Math.Abs(rows[i * columns + c] - centre[c]));
        }

        if (largest == 0) return new(centre, 1, true);
        var exponent = double.IsFinite(largest) ? Math.ILogB(largest) + 1 : int.MaxValue;
        return exponent is >= -LargestExponent and <= LargestExponent
            ? new(centre, Math.ScaleB(1, -exponent), true) : new(centre, 0, false);
    }

    /// <summary>
    /// Writes the copy of <paramref name="cells"/> as lane <paramref name="index"/> of a packed matrix (groups of
    /// <paramref name="lanes"/> rows, each group column by column) and returns its squared norm.
    /// </summary>
    public double Pack(ReadOnlySpan<double> cells, float[] packed, int index, int lanes)
    {
        var norm = 0.0;
        var at = index / lanes * lanes * cells.Length + index % lanes;
        for (var c = 0; c < cells.Length; c++, at += lanes)
        {
            // Not infinity times 0: NaN would pass every filter, even of the lanes that pad a block.
            var unit = Usable ? (cells[c] - Centre[c]) * Scale : 0;
            norm += unit * unit;
            packed[at] = (float)unit;
        }

        return norm;
    }
}
