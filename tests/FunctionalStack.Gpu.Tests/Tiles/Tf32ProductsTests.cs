using FunctionalStack.Gpu.Registers;
using FunctionalStack.Gpu.Tiles;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using Xunit;

namespace FunctionalStack.Gpu.Tests.Tiles;

/// <summary>
/// A warp's members one after the other, their matrix unit replaced by one that notes what it is handed: put together as
/// PTX says (ISA, "Matrix fragments for mma.m16n8k8", .tf32), that must be the product of the tile's operands, in the
/// places where the members' sums are said to lie.
/// </summary>
public class Tf32ProductsTests
{
    private const int Warp = 32;

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(128)]
    public void What_a_warp_is_handed_multiplies_to_the_tiles_products_in_their_places(int columns)
    {
        using var context = Context.Create(builder => builder.CPU(new CPUDevice(2, 1, 1)));
        using var accelerator = context.GetCPUDevice(0).CreateAccelerator(context);
        var (rowsAt, columnsAt) = (Panel.Pitch(Accumulators.Rows), Panel.Pitch(columns));
        using var a = accelerator.Allocate1D<F4>(Accumulators.Depth * rowsAt / 4);
        using var b = accelerator.Allocate1D<F4>(Accumulators.Depth * columnsAt / 4);
        var (left, right) = (a.View.BaseView.Cast<float>(), b.View.BaseView.Cast<float>());
        for (var depth = 0; depth < Accumulators.Depth; depth++)
        {
            for (var row = 0; row < Accumulators.Rows; row++) left[depth * rowsAt + row] = (row * 7 + depth * 13) % 31 - 15;
            for (var column = 0; column < columns; column++) right[depth * columnsAt + column] = (column * 11 + depth * 5) % 29 - 14;
        }

        var (members, seen) = (Accumulators.Rows / 8 * (columns / 8), new HashSet<(int Row, int Column)>());
        for (var warp = 0; warp < members / Warp; warp++)
        {
            var (handed, sums) = (new List<Handed>[Warp], new float[Warp][]);
            for (var lane = 0; lane < Warp; lane++)
            {
                Noted.Calls = handed[lane] = [];
                var (row, column) = Tf32Products<Noted>.BlockOf(warp * Warp + lane, columns);
                sums[lane] = All(Tf32Products<Noted>.Add(default, a.View.BaseView, b.View.BaseView, row, column, columns));
            }

            for (var lane = 0; lane < Warp; lane++)
            {
                var (row, column) = Tf32Products<Noted>.BlockOf(warp * Warp + lane, columns);
                for (var i = 0; i < 64; i++)
                {
                    var at = (Row: Tf32Products<Noted>.RowOf(row, i / 8), Column: Tf32Products<Noted>.ColumnOf(column, i % 8, columns));
                    Assert.True(seen.Add(at), $"{at} is summed twice");
                    var (call, part) = ((int)sums[lane][i] / 4, (int)sums[lane][i] % 4);
                    // c0 and c1 are of row lane / 4, c2 and c3 eight below; columns are two a member.
                    var (c, r) = (lane % 4 * 2 + part % 2, lane / 4 + part / 2 * 8);
                    var (found, expected) = (0f, 0f);
                    for (var depth = 0; depth < Accumulators.Depth; depth++)
                    {
                        found += A(r, depth, call) * B(depth, c, call);
                        expected += left[depth * rowsAt + at.Row] * right[depth * columnsAt + at.Column];
                    }

                    Assert.Equal(expected, found);
                }
            }

            // a0 lies at row lane / 4 and depth lane % 4, a1 eight rows below, a2 four deeper, a3 both.
            float A(int row, int depth, int call)
            {
                var x = handed[row % 8 * 4 + depth % 4][call].A;
                return (row / 8, depth / 4) switch { (0, 0) => x.X, (1, 0) => x.Y, (0, _) => x.Z, _ => x.W };
            }

            // b0 lies at depth lane % 4 and column lane / 4, b1 four deeper.
            float B(int depth, int column, int call)
            {
                var x = handed[column * 4 + depth % 4][call];
                return depth < 4 ? x.B0 : x.B1;
            }
        }

        Assert.Equal(Accumulators.Rows * columns, seen.Count);
    }

    private static float[] All(Accumulators sums) =>
    [
        .. new[] { sums.R0, sums.R1, sums.R2, sums.R3, sums.R4, sums.R5, sums.R6, sums.R7 }
            .SelectMany(row => new[] { row.X0, row.X1, row.X2, row.X3, row.X4, row.X5, row.X6, row.X7 }),
    ];

    private sealed record Handed(F4 A, float B0, float B1);

    /// <summary>Says of each sum which call's it is, and which of its four.</summary>
    private readonly struct Noted : ITensorCore
    {
        [ThreadStatic]
        private static List<Handed>? calls;

        public static List<Handed> Calls { set => calls = value; }

        public static F4 MultiplyAdd(F4 a, float b0, float b1, F4 c)
        {
            var first = calls!.Count * 4;
            calls.Add(new(a, b0, b1));
            return new() { X = first, Y = first + 1, Z = first + 2, W = first + 3 };
        }
    }
}
