using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Tiles;

/// <summary>
/// Products by tensor cores: a warp computes 64 rows by 32 columns of the tile with 4 x 4 instructions per step, for which each
/// lane reads 16 elements of a and 8 of b. The 32 lanes' simultaneous reads fall into 32 banks, because each row of shared memory
/// is padded by 8 elements.
/// </summary>
/// <typeparam name="TUnit">The instruction.</typeparam>
internal readonly struct Tf32Products<TUnit> : IProducts where TUnit : struct, ITensorCore
{
    private const int Warp = 32, WarpRows = 64, WarpColumns = 32;

    public static int Run => 2;

    public static bool IsExact => false;

    public static (int Row, int Column) BlockOf(int thread, int columns)
    {
        var (warp, lane) = (thread / Warp, thread % Warp);
        var (down, across) = (warp / (columns / WarpColumns), warp % (columns / WarpColumns));
        return (down * 8 + TensorCore.RowOf(lane), across * 4 + TensorCore.SumColumnOf(lane) / 2);
    }

    public static int RowOf(int block, int number) => block / 8 * WarpRows + number * 8 + block % 8;

    public static int ColumnOf(int block, int number, int columns) =>
        block / 4 * WarpColumns + number / 2 * TensorCore.Columns + block % 4 * 2 + number % 2;

    public static F8 Ready(F8 operand) => F8.Apply<Tf32>(operand);

    public static Accumulators Add(Accumulators sums, ArrayView<F4> a, ArrayView<F4> b, int row, int column, int columns)
    {
        var (rows, across) = (a.Cast<float>(), b.Cast<float>());
        // The lane's position in its warp, and the warp's first row and column.
        var lane = row % 8 * 4 + column % 4;
        var (depth, pitch, width) = (TensorCore.DepthOf(lane), Panel.Pitch(Accumulators.Rows), Panel.Pitch(columns));
        var left = depth * width + column / 4 * WarpColumns + TensorCore.ColumnOf(lane);
        var top = depth * pitch + row / 8 * WarpRows + TensorCore.RowOf(lane);
        var x = new F8(
            across[left], across[left + 4 * width], across[left + 8], across[left + 8 + 4 * width],
            across[left + 16], across[left + 16 + 4 * width], across[left + 24], across[left + 24 + 4 * width]);
        (sums.R0, sums.R1) = Rows(sums.R0, sums.R1, Of(rows, top, pitch), x);
        (sums.R2, sums.R3) = Rows(sums.R2, sums.R3, Of(rows, top + TensorCore.Rows, pitch), x);
        (sums.R4, sums.R5) = Rows(sums.R4, sums.R5, Of(rows, top + 2 * TensorCore.Rows, pitch), x);
        (sums.R6, sums.R7) = Rows(sums.R6, sums.R7, Of(rows, top + 3 * TensorCore.Rows, pitch), x);
        return sums;
    }

    private static F4 Of(ArrayView<float> rows, int top, int pitch) =>
        new() { X = rows[top], Y = rows[top + 8], Z = rows[top + 4 * pitch], W = rows[top + 8 + 4 * pitch] };

    // Sixteen rows, of which the lane has two, by four times eight columns.
    private static (F8 Upper, F8 Lower) Rows(F8 upper, F8 lower, F4 a, F8 b)
    {
        var x = TUnit.MultiplyAdd(a, b.X0, b.X1, new() { X = upper.X0, Y = upper.X1, Z = lower.X0, W = lower.X1 });
        var y = TUnit.MultiplyAdd(a, b.X2, b.X3, new() { X = upper.X2, Y = upper.X3, Z = lower.X2, W = lower.X3 });
        var z = TUnit.MultiplyAdd(a, b.X4, b.X5, new() { X = upper.X4, Y = upper.X5, Z = lower.X4, W = lower.X5 });
        var w = TUnit.MultiplyAdd(a, b.X6, b.X7, new() { X = upper.X6, Y = upper.X7, Z = lower.X6, W = lower.X7 });
        return (new(x.X, x.Y, y.X, y.Y, z.X, z.Y, w.X, w.Y), new(x.Z, x.W, y.Z, y.W, z.Z, z.W, w.Z, w.W));
    }

    private readonly struct Tf32 : IFunction
    {
        public static float Of(float x) => TensorCore.Rounded(x);
    }
}
