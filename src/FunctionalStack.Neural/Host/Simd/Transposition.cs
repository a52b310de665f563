using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace FunctionalStack.Neural.Host;

/// <summary>Transposes a matrix, 4 x 4 elements at a time in registers where the processor has an instruction for it.</summary>
internal static unsafe class Transposition
{
    /// <summary>to[column, row] = from[row, column].</summary>
    public static void Move(float* from, nint fromRow, int rows, int columns, float* to, nint toRow)
    {
        var (wholeRows, wholeColumns) = Sse.IsSupported || AdvSimd.Arm64.IsSupported ? (rows & ~3, columns & ~3) : (0, columns);
        // Along the destination's rows, so that its cache lines, which may be far apart, are filled in turn.
        for (var column = 0; column < wholeColumns; column += 4)
        {
            for (var row = 0; row < wholeRows; row += 4) Four(from + row * fromRow + column, fromRow, to + column * toRow + row, toRow);
        }

        for (var row = 0; row < rows; row++)
        {
            for (var column = row < wholeRows ? wholeColumns : 0; column < columns; column++)
                to[column * toRow + row] = from[row * fromRow + column];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(float* from, nint fromRow, float* to, nint toRow)
    {
        var (a, b) = (Vector128.Load(from), Vector128.Load(from + fromRow));
        var (c, d) = (Vector128.Load(from + 2 * fromRow), Vector128.Load(from + 3 * fromRow));
        var (ac, bd) = (Low(a, c), Low(b, d));
        Low(ac, bd).Store(to);
        High(ac, bd).Store(to + toRow);
        (ac, bd) = (High(a, c), High(b, d));
        Low(ac, bd).Store(to + 2 * toRow);
        High(ac, bd).Store(to + 3 * toRow);
    }

    /// <summary>a0 b0 a1 b1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    /// <summary>a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}
