using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Tiles;

/// <summary>
/// A member's 8 x 8 of a tile's sums, in registers. Its rows and columns are two runs of four each, half a tile apart, so
/// that neighbouring members read neighbouring 16 bytes of shared memory: no bank is asked twice.
/// </summary>
internal struct Accumulators
{
    /// <summary>Of a tile.</summary>
    public const int Rows = 128;

    /// <summary>Of both operands in shared memory at a time.</summary>
    public const int Depth = 8;

    public F8 R0, R1, R2, R3, R4, R5, R6, R7;

    /// <summary>Adds the products of both operands, depth by depth: written out, as ILGPU unrolls nothing.</summary>
    /// <param name="a">Depth x rows.</param>
    /// <param name="b">Depth x columns.</param>
    /// <param name="row">The member's first row, in fours.</param>
    /// <param name="column">Its first column, in fours.</param>
    /// <param name="columns">Of the tile.</param>
    public void Add(ArrayView<F4> a, ArrayView<F4> b, int row, int column, int columns)
    {
        Add(a, b, 0, row, column, columns);
        Add(a, b, 1, row, column, columns);
        Add(a, b, 2, row, column, columns);
        Add(a, b, 3, row, column, columns);
        Add(a, b, 4, row, column, columns);
        Add(a, b, 5, row, column, columns);
        Add(a, b, 6, row, column, columns);
        Add(a, b, 7, row, column, columns);
    }

    private void Add(ArrayView<F4> a, ArrayView<F4> b, int depth, int row, int column, int columns)
    {
        var (low, high) = (a[depth * (Rows / 4) + row], a[depth * (Rows / 4) + Rows / 8 + row]);
        var (left, right) = (b[depth * (columns / 4) + column], b[depth * (columns / 4) + columns / 8 + column]);
        var x = new F8(left.X, left.Y, left.Z, left.W, right.X, right.Y, right.Z, right.W);
        R0 = F8.Fma(low.X, x, R0);
        R1 = F8.Fma(low.Y, x, R1);
        R2 = F8.Fma(low.Z, x, R2);
        R3 = F8.Fma(low.W, x, R3);
        R4 = F8.Fma(high.X, x, R4);
        R5 = F8.Fma(high.Y, x, R5);
        R6 = F8.Fma(high.Z, x, R6);
        R7 = F8.Fma(high.W, x, R7);
    }

    public void AddToAll(F8 x)
    {
        (R0, R1, R2, R3) = (R0 + x, R1 + x, R2 + x, R3 + x);
        (R4, R5, R6, R7) = (R4 + x, R5 + x, R6 + x, R7 + x);
    }

    /// <summary>The sum of the rows that there are: so many of the first four, and of the last.</summary>
    public readonly F8 Total(int low, int high)
    {
        var sum = F8.Of(0);
        if (low > 0) sum += R0;
        if (low > 1) sum += R1;
        if (low > 2) sum += R2;
        if (low > 3) sum += R3;
        if (high > 0) sum += R4;
        if (high > 1) sum += R5;
        if (high > 2) sum += R6;
        if (high > 3) sum += R7;
        return sum;
    }

    /// <summary>The sum of their squared deviations from <paramref name="mean"/>.</summary>
    public readonly F8 Squares(F8 mean, int low, int high)
    {
        var off = this;
        off.AddToAll(F8.Of(0) - mean);
        (off.R0, off.R1, off.R2, off.R3) = (off.R0 * off.R0, off.R1 * off.R1, off.R2 * off.R2, off.R3 * off.R3);
        (off.R4, off.R5, off.R6, off.R7) = (off.R4 * off.R4, off.R5 * off.R5, off.R6 * off.R6, off.R7 * off.R7);
        return off.Total(low, high);
    }

    /// <summary>A member's columns of a row of numbers.</summary>
    public static F8 Across(ArrayView<float> row, int at, int column, int columns, int length)
    {
        var (left, right) = (at + column * 4, at + columns / 2 + column * 4);
        var (low, high) = (F8.Load(row, left, Least(4, length - left)), F8.Load(row, right, Least(4, length - right)));
        return new(low.X0, low.X1, low.X2, low.X3, high.X0, high.X1, high.X2, high.X3);
    }

    /// <summary>Stores a row's two runs of four, as far as there are columns.</summary>
    public static void Store(F8 row, ArrayView<float> to, int at, int column, int columns, int present)
    {
        Store(row.X0, row.X1, row.X2, row.X3, to, at, column * 4, present);
        Store(row.X4, row.X5, row.X6, row.X7, to, at, columns / 2 + column * 4, present);
    }

    private static int Least(int a, int b) => a < b ? a : b;

    private static void Store(float x, float y, float z, float w, ArrayView<float> to, int at, int column, int present)
    {
        if (column < present) to[at + column] = x;
        if (column + 1 < present) to[at + column + 1] = y;
        if (column + 2 < present) to[at + column + 2] = z;
        if (column + 3 < present) to[at + column + 3] = w;
    }
}

/// <summary>Shared memory of one operand: two buffers of depth x columns, filled in turns.</summary>
internal readonly struct Panel(ArrayView<F4> numbers, int columns)
{
    /// <summary>F4s that two buffers of the widest panel take.</summary>
    public const int Size = 2 * Accumulators.Depth * Accumulators.Rows / 4;

    private readonly ArrayView<float> floats = numbers.Cast<float>();

    public ArrayView<F4> Buffer(int turn) => numbers.SubView(turn * Accumulators.Depth * columns / 4, Accumulators.Depth * columns / 4);

    /// <summary>Eight depths of one column.</summary>
    public void Down(int turn, int column, F8 x)
    {
        var at = turn * Accumulators.Depth * columns + column;
        floats[at] = x.X0;
        floats[at + columns] = x.X1;
        floats[at + 2 * columns] = x.X2;
        floats[at + 3 * columns] = x.X3;
        floats[at + 4 * columns] = x.X4;
        floats[at + 5 * columns] = x.X5;
        floats[at + 6 * columns] = x.X6;
        floats[at + 7 * columns] = x.X7;
    }

    /// <summary>Eight columns of one depth.</summary>
    public void Across(int turn, int depth, int column, F8 x) => x.Store(floats, (turn * Accumulators.Depth + depth) * columns + column);
}
