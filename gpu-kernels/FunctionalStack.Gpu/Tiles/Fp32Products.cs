using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Tiles;

/// <summary>
/// float32 products and sums. A block's rows and columns are two runs of four each, half a tile apart. Neighbouring threads then
/// read neighbouring 16 bytes of shared memory, without bank conflicts.
/// </summary>
internal readonly struct Fp32Products : IProducts
{
    public static int Run => 4;

    public static bool IsExact => true;

    public static (int Row, int Column) BlockOf(int thread, int columns) => (thread / (columns / 8), thread % (columns / 8));

    public static int RowOf(int block, int number) => Halved(block, number, Accumulators.Rows);

    public static int ColumnOf(int block, int number, int columns) => Halved(block, number, columns);

    public static F8 Ready(F8 operand) => operand;

    // One line per depth, since ILGPU does not unroll loops.
    public static Accumulators Add(Accumulators sums, ArrayView<F4> a, ArrayView<F4> b, int row, int column, int columns)
    {
        sums = At(sums, a, b, 0, row, column, columns);
        sums = At(sums, a, b, 1, row, column, columns);
        sums = At(sums, a, b, 2, row, column, columns);
        sums = At(sums, a, b, 3, row, column, columns);
        sums = At(sums, a, b, 4, row, column, columns);
        sums = At(sums, a, b, 5, row, column, columns);
        sums = At(sums, a, b, 6, row, column, columns);
        return At(sums, a, b, 7, row, column, columns);
    }

    private static Accumulators At(Accumulators sums, ArrayView<F4> a, ArrayView<F4> b, int depth, int row, int column, int columns)
    {
        var (top, across) = (depth * Panel.Pitch(Accumulators.Rows) / 4 + row, depth * Panel.Pitch(columns) / 4 + column);
        var (low, high) = (a[top], a[top + Accumulators.Rows / 8]);
        var x = F8.Of(b[across], b[across + columns / 8]);
        sums.R0 = F8.Fma(low.X, x, sums.R0);
        sums.R1 = F8.Fma(low.Y, x, sums.R1);
        sums.R2 = F8.Fma(low.Z, x, sums.R2);
        sums.R3 = F8.Fma(low.W, x, sums.R3);
        sums.R4 = F8.Fma(high.X, x, sums.R4);
        sums.R5 = F8.Fma(high.Y, x, sums.R5);
        sums.R6 = F8.Fma(high.Z, x, sums.R6);
        sums.R7 = F8.Fma(high.W, x, sums.R7);
        return sums;
    }

    private static int Halved(int block, int number, int all) => number / 4 * (all / 2) + block * 4 + number % 4;
}
