using FunctionalStack.Gpu.Registers;
using ILGPU;

namespace FunctionalStack.Gpu.Tiles;

/// <summary>
/// The same products as <see cref="Tf32Products{TUnit}"/>, at the same positions, without tensor cores: each thread computes its
/// own sums. So the positions, the rounding and the epilogues can be tested on devices without tensor cores.
/// </summary>
internal readonly struct EmulatedTf32Products : IProducts
{
    // Half of the last bit that is kept, and the mask of the bits that are kept.
    private const uint Half = 1u << 12, Kept = ~((1u << 13) - 1);

    public static int Run => Tf32Products<TensorCore>.Run;

    public static bool IsExact => false;

    public static (int Row, int Column) BlockOf(int thread, int columns) => Tf32Products<TensorCore>.BlockOf(thread, columns);

    public static int RowOf(int block, int number) => Tf32Products<TensorCore>.RowOf(block, number);

    public static int ColumnOf(int block, int number, int columns) => Tf32Products<TensorCore>.ColumnOf(block, number, columns);

    public static F8 Ready(F8 operand) => F8.Apply<Tf32>(operand);

    public static Accumulators Add(Accumulators sums, ArrayView<F4> a, ArrayView<F4> b, int row, int column, int columns)
    {
        var (rows, across) = (a.Cast<float>(), b.Cast<float>());
        for (var depth = 0; depth < Accumulators.Depth; depth++)
        {
            var at = depth * Panel.Pitch(Accumulators.Rows);
            var x = Accumulators.Load<EmulatedTf32Products>(across, depth * Panel.Pitch(columns), column, columns, columns);
            sums.R0 = F8.Fma(rows[at + RowOf(row, 0)], x, sums.R0);
            sums.R1 = F8.Fma(rows[at + RowOf(row, 1)], x, sums.R1);
            sums.R2 = F8.Fma(rows[at + RowOf(row, 2)], x, sums.R2);
            sums.R3 = F8.Fma(rows[at + RowOf(row, 3)], x, sums.R3);
            sums.R4 = F8.Fma(rows[at + RowOf(row, 4)], x, sums.R4);
            sums.R5 = F8.Fma(rows[at + RowOf(row, 5)], x, sums.R5);
            sums.R6 = F8.Fma(rows[at + RowOf(row, 6)], x, sums.R6);
            sums.R7 = F8.Fma(rows[at + RowOf(row, 7)], x, sums.R7);
        }

        return sums;
    }

    private readonly struct Tf32 : IFunction
    {
        // Infinity and NaN must not be rounded.
        public static float Of(float x) => x - x == 0f ? Interop.IntAsFloat((Interop.FloatAsInt(x) + Half) & Kept) : x;
    }
}
