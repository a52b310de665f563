using FunctionalStack.Gpu.Registers;
using ILGPU;
using ILGPU.Runtime;

namespace FunctionalStack.Gpu.Tiles;

/// <summary>
/// A thread's 8 x 8 sums of a tile, in registers: a block of rows by a block of columns, whose positions in the tile
/// <see cref="IProducts"/> defines.
/// </summary>
internal struct Accumulators
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 128;

    /// <summary>Depth of both operands in shared memory at a time.</summary>
    public const int Depth = 8;

    public F8 R0, R1, R2, R3, R4, R5, R6, R7;

    public void AddToAll(F8 x)
    {
        (R0, R1, R2, R3) = (R0 + x, R1 + x, R2 + x, R3 + x);
        (R4, R5, R6, R7) = (R4 + x, R5 + x, R6 + x, R7 + x);
    }

    /// <summary>The sum of the rows that are present.</summary>
    public readonly F8 Total<TProducts>(int block, int present) where TProducts : struct, IProducts
    {
        var sum = Of<TProducts>(block, 0, present) * R0;
        sum = F8.Fma(Of<TProducts>(block, 1, present), R1, sum);
        sum = F8.Fma(Of<TProducts>(block, 2, present), R2, sum);
        sum = F8.Fma(Of<TProducts>(block, 3, present), R3, sum);
        sum = F8.Fma(Of<TProducts>(block, 4, present), R4, sum);
        sum = F8.Fma(Of<TProducts>(block, 5, present), R5, sum);
        sum = F8.Fma(Of<TProducts>(block, 6, present), R6, sum);
        return F8.Fma(Of<TProducts>(block, 7, present), R7, sum);
    }

    // 1 for a row that is present, otherwise 0. There is no branch, because absent rows are finite.
    private static float Of<TProducts>(int block, int number, int present) where TProducts : struct, IProducts =>
        TProducts.RowOf(block, number) < present ? 1f : 0f;

    /// <summary>The sum of the present rows' squared deviations from <paramref name="mean"/>.</summary>
    public readonly F8 Squares<TProducts>(F8 mean, int block, int present) where TProducts : struct, IProducts
    {
        var off = this;
        off.AddToAll(F8.Of(0) - mean);
        (off.R0, off.R1, off.R2, off.R3) = (off.R0 * off.R0, off.R1 * off.R1, off.R2 * off.R2, off.R3 * off.R3);
        (off.R4, off.R5, off.R6, off.R7) = (off.R4 * off.R4, off.R5 * off.R5, off.R6 * off.R6, off.R7 * off.R7);
        return off.Total<TProducts>(block, present);
    }

    /// <summary>A block's columns of a row, 0 past the end.</summary>
    public static F8 Load<TProducts>(ArrayView<float> row, int at, int block, int columns, int present)
        where TProducts : struct, IProducts => new(
        One<TProducts>(row, at, block, 0, columns, present), One<TProducts>(row, at, block, 1, columns, present),
        One<TProducts>(row, at, block, 2, columns, present), One<TProducts>(row, at, block, 3, columns, present),
        One<TProducts>(row, at, block, 4, columns, present), One<TProducts>(row, at, block, 5, columns, present),
        One<TProducts>(row, at, block, 6, columns, present), One<TProducts>(row, at, block, 7, columns, present));

    /// <summary>Stores a block's columns of a row, up to the last column.</summary>
    public static void Store<TProducts>(F8 row, ArrayView<float> to, int at, int block, int columns, int present)
        where TProducts : struct, IProducts
    {
        var column = TProducts.ColumnOf(block, 0, columns);
        if (TProducts.Run == 4)
        {
            Four(new() { X = row.X0, Y = row.X1, Z = row.X2, W = row.X3 }, to, at, column, present);
            Four(new() { X = row.X4, Y = row.X5, Z = row.X6, W = row.X7 }, to, at, TProducts.ColumnOf(block, 4, columns), present);
            return;
        }

        Two(new() { X = row.X0, Y = row.X1 }, to, at, column, present);
        Two(new() { X = row.X2, Y = row.X3 }, to, at, TProducts.ColumnOf(block, 2, columns), present);
        Two(new() { X = row.X4, Y = row.X5 }, to, at, TProducts.ColumnOf(block, 4, columns), present);
        Two(new() { X = row.X6, Y = row.X7 }, to, at, TProducts.ColumnOf(block, 6, columns), present);
    }

    // Contiguous and complete columns are one store on CUDA, so that memory sectors are written whole.
    private static void Four(F4 x, ArrayView<float> to, int at, int column, int present)
    {
        if (column + 3 < present & IsWide(at + column, 4))
        {
            to.SubView(at + column, 4).AsAligned(16).Cast<F4>()[0] = x;
            return;
        }

        if (column < present) to[at + column] = x.X;
        if (column + 1 < present) to[at + column + 1] = x.Y;
        if (column + 2 < present) to[at + column + 2] = x.Z;
        if (column + 3 < present) to[at + column + 3] = x.W;
    }

    private static void Two(F2 x, ArrayView<float> to, int at, int column, int present)
    {
        if (column + 1 < present & IsWide(at + column, 2))
        {
            to.SubView(at + column, 2).AsAligned(8).Cast<F2>()[0] = x;
            return;
        }

        if (column < present) to[at + column] = x.X;
        if (column + 1 < present) to[at + column + 1] = x.Y;
    }

    private static bool IsWide(int at, int numbers) => Accelerator.CurrentType == AcceleratorType.Cuda && at % numbers == 0;

    private static float One<TProducts>(ArrayView<float> row, int at, int block, int number, int columns, int present)
        where TProducts : struct, IProducts
    {
        var column = TProducts.ColumnOf(block, number, columns);
        return column < present ? row[at + column] : 0f;
    }
}
