using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

/// <summary>The strides of a tile's operands in float32 values: the sum runs over segments, and within each segment over a depth.</summary>
internal struct TileWalk
{
    /// <summary>Products summed per segment.</summary>
    public nint Depth;

    /// <summary>The number of segments, at least 1; for example the rows of a convolution's window.</summary>
    public nint Segments;

    /// <summary>From one row of A to the next.</summary>
    public nint ARow;

    /// <summary>From row i of A to row i + 3: three times <see cref="ARow"/>, or the image's pitch where three rows are those of a 3-wide
    /// window.</summary>
    public nint AThreeRows;

    /// <summary>From one product's element of A to the next.</summary>
    public nint ADepth;

    /// <summary>From one segment of A to the next.</summary>
    public nint ASegment;

    /// <summary>From one product's row of B to the next.</summary>
    public nint BDepth;

    /// <summary>From one segment of B to the next.</summary>
    public nint BSegment;

    /// <summary>From one row of C to the next.</summary>
    public nint CRow;

    /// <summary>Whether the products are added to C. Otherwise they overwrite it.</summary>
    public bool Accumulate;
}

/// <summary>
/// The register-blocked kernel of convolutions and matrix products:
/// C[i, n] (+)= sum over s, k of A[i * ARow + k * ADepth + s * ASegment] * B[k * BDepth + s * BSegment + n].
/// C's whole tile stays in registers: at most <see cref="Rows"/> rows by two vectors. Strides are free, so an NHWC convolution
/// and both of its gradients need no im2col. Each element of C is one chain of fused multiply-adds in the order of s and k for
/// every tile size, so the tiling does not change the result.
/// </summary>
internal static unsafe class Tile<V, L>
    where V : struct
    where L : struct, ILanes<V>
{
    /// <summary>The maximum number of rows of a tile.</summary>
    public static int Rows => L.TileRows;

    /// <summary>The maximum number of columns of a tile.</summary>
    public static int Columns => 2 * L.Count;

    /// <summary>The number of rows of the next tile, for tiles of nearly equal size.</summary>
    public static int NextRows(int left)
    {
        var tiles = (left + L.TileRows - 1) / L.TileRows;
        return (left + tiles - 1) / tiles;
    }

    /// <summary>Computes one tile. B is read in whole vectors, so up to one vector past its last column. C is written exactly.</summary>
    /// <param name="rows">1 to <see cref="Rows"/>.</param>
    /// <param name="columns">1 to <see cref="Columns"/>.</param>
    /// <param name="walk">The strides.</param>
    /// <param name="a">Row 0's first element.</param>
    /// <param name="b">The first product's first column.</param>
    /// <param name="c">The tile's first element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(int rows, int columns, in TileWalk walk, float* a, float* b, float* c)
    {
        if (columns == 2 * L.Count) Multiply<Of2>(rows, walk, a, b, c);
        else if (columns == L.Count) Multiply<Of1>(rows, walk, a, b, c);
        else Ragged(rows, columns, walk, a, b, c);
    }

    // The last columns, if they do not fill a vector: computed in a buffer, then the valid part is copied.
    [SkipLocalsInit]
    private static void Ragged(int rows, int columns, in TileWalk walk, float* a, float* b, float* c)
    {
        var vectors = columns > L.Count ? 2 : 1;
        var whole = stackalloc float[rows * 2 * L.Count];
        var beside = walk with { CRow = vectors * L.Count, Accumulate = false };
        if (vectors == 2) Multiply<Of2>(rows, beside, a, b, whole);
        else Multiply<Of1>(rows, beside, a, b, whole);
        for (var i = 0; i < rows; i++)
        {
            var from = whole + i * beside.CRow;
            var to = c + i * walk.CRow;
            if (walk.Accumulate)
            {
                for (var n = 0; n < columns; n++) to[n] += from[n];
            }
            else
            {
                for (var n = 0; n < columns; n++) to[n] = from[n];
            }
        }
    }

    private static void Multiply<N>(int rows, in TileWalk walk, float* a, float* b, float* c) where N : struct, IConstant
    {
        switch (rows)
        {
            case 1: Multiply<Of1, N>(walk, a, b, c); break;
            case 2: Multiply<Of2, N>(walk, a, b, c); break;
            case 3: Multiply<Of3, N>(walk, a, b, c); break;
            case 4: Multiply<Of4, N>(walk, a, b, c); break;
            case 5: Multiply<Of5, N>(walk, a, b, c); break;
            case 6: Multiply<Of6, N>(walk, a, b, c); break;
            case 7: Multiply<Of7, N>(walk, a, b, c); break;
            case 8: Multiply<Of8, N>(walk, a, b, c); break;
            case 9: Multiply<Of9, N>(walk, a, b, c); break;
            case 10: Multiply<Of10, N>(walk, a, b, c); break;
            case 11: Multiply<Of11, N>(walk, a, b, c); break;
            case 12: Multiply<Of12, N>(walk, a, b, c); break;
            case 13: Multiply<Of13, N>(walk, a, b, c); break;
            case 14: Multiply<Of14, N>(walk, a, b, c); break;
            default: throw new ArgumentOutOfRangeException(nameof(rows), rows, null);
        }
    }

    // M rows by N vectors. The guards are constants, so each pair of type arguments is compiled for its own rows. Rows are
    // addressed from one pointer per three rows (p, p + row, p + 2 row), which takes 5 registers instead of 14.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply<M, N>(in TileWalk walk, float* a, float* b, float* c)
        where M : struct, IConstant
        where N : struct, IConstant
    {
        nint depth = walk.Depth, row = walk.ARow, threeRows = walk.AThreeRows, aStep = walk.ADepth, bStep = walk.BDepth;
        V x0 = L.Zero, y0 = L.Zero;
        V x1 = L.Zero, y1 = L.Zero;
        V x2 = L.Zero, y2 = L.Zero;
        V x3 = L.Zero, y3 = L.Zero;
        V x4 = L.Zero, y4 = L.Zero;
        V x5 = L.Zero, y5 = L.Zero;
        V x6 = L.Zero, y6 = L.Zero;
        V x7 = L.Zero, y7 = L.Zero;
        V x8 = L.Zero, y8 = L.Zero;
        V x9 = L.Zero, y9 = L.Zero;
        V x10 = L.Zero, y10 = L.Zero;
        V x11 = L.Zero, y11 = L.Zero;
        V x12 = L.Zero, y12 = L.Zero;
        V x13 = L.Zero, y13 = L.Zero;
        for (var segment = walk.Segments; segment > 0; segment--)
        {
            var q = b;
            var p0 = a;
            var p1 = p0 + threeRows;
            var p2 = p1 + threeRows;
            var p3 = p2 + threeRows;
            var p4 = p3 + threeRows;
            for (var k = depth; k > 0; k--)
            {
                var u = L.Load(q);
                var v = N.Value > 1 ? L.Load(q + L.Count) : u;
                if (M.Value > 0) { var t = L.Broadcast(*p0); x0 = L.Fma(t, u, x0); if (N.Value > 1) y0 = L.Fma(t, v, y0); }
                if (M.Value > 1) { var t = L.Broadcast(p0[row]); x1 = L.Fma(t, u, x1); if (N.Value > 1) y1 = L.Fma(t, v, y1); }
                if (M.Value > 2) { var t = L.Broadcast(p0[2 * row]); x2 = L.Fma(t, u, x2); if (N.Value > 1) y2 = L.Fma(t, v, y2); }
                if (M.Value > 3) { var t = L.Broadcast(*p1); x3 = L.Fma(t, u, x3); if (N.Value > 1) y3 = L.Fma(t, v, y3); }
                if (M.Value > 4) { var t = L.Broadcast(p1[row]); x4 = L.Fma(t, u, x4); if (N.Value > 1) y4 = L.Fma(t, v, y4); }
                if (M.Value > 5) { var t = L.Broadcast(p1[2 * row]); x5 = L.Fma(t, u, x5); if (N.Value > 1) y5 = L.Fma(t, v, y5); }
                if (M.Value > 6) { var t = L.Broadcast(*p2); x6 = L.Fma(t, u, x6); if (N.Value > 1) y6 = L.Fma(t, v, y6); }
                if (M.Value > 7) { var t = L.Broadcast(p2[row]); x7 = L.Fma(t, u, x7); if (N.Value > 1) y7 = L.Fma(t, v, y7); }
                if (M.Value > 8) { var t = L.Broadcast(p2[2 * row]); x8 = L.Fma(t, u, x8); if (N.Value > 1) y8 = L.Fma(t, v, y8); }
                if (M.Value > 9) { var t = L.Broadcast(*p3); x9 = L.Fma(t, u, x9); if (N.Value > 1) y9 = L.Fma(t, v, y9); }
                if (M.Value > 10) { var t = L.Broadcast(p3[row]); x10 = L.Fma(t, u, x10); if (N.Value > 1) y10 = L.Fma(t, v, y10); }
                if (M.Value > 11) { var t = L.Broadcast(p3[2 * row]); x11 = L.Fma(t, u, x11); if (N.Value > 1) y11 = L.Fma(t, v, y11); }
                if (M.Value > 12) { var t = L.Broadcast(*p4); x12 = L.Fma(t, u, x12); if (N.Value > 1) y12 = L.Fma(t, v, y12); }
                if (M.Value > 13) { var t = L.Broadcast(p4[row]); x13 = L.Fma(t, u, x13); if (N.Value > 1) y13 = L.Fma(t, v, y13); }
                q += bStep;
                p0 += aStep;
                if (M.Value > 3) p1 += aStep;
                if (M.Value > 6) p2 += aStep;
                if (M.Value > 9) p3 += aStep;
                if (M.Value > 12) p4 += aStep;
            }

            a += walk.ASegment;
            b += walk.BSegment;
        }

        if (M.Value > 0) Put<N>(walk, c, x0, y0);
        if (M.Value > 1) Put<N>(walk, c + walk.CRow, x1, y1);
        if (M.Value > 2) Put<N>(walk, c + 2 * walk.CRow, x2, y2);
        if (M.Value > 3) Put<N>(walk, c + 3 * walk.CRow, x3, y3);
        if (M.Value > 4) Put<N>(walk, c + 4 * walk.CRow, x4, y4);
        if (M.Value > 5) Put<N>(walk, c + 5 * walk.CRow, x5, y5);
        if (M.Value > 6) Put<N>(walk, c + 6 * walk.CRow, x6, y6);
        if (M.Value > 7) Put<N>(walk, c + 7 * walk.CRow, x7, y7);
        if (M.Value > 8) Put<N>(walk, c + 8 * walk.CRow, x8, y8);
        if (M.Value > 9) Put<N>(walk, c + 9 * walk.CRow, x9, y9);
        if (M.Value > 10) Put<N>(walk, c + 10 * walk.CRow, x10, y10);
        if (M.Value > 11) Put<N>(walk, c + 11 * walk.CRow, x11, y11);
        if (M.Value > 12) Put<N>(walk, c + 12 * walk.CRow, x12, y12);
        if (M.Value > 13) Put<N>(walk, c + 13 * walk.CRow, x13, y13);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<N>(in TileWalk walk, float* c, V x, V y) where N : struct, IConstant
    {
        if (walk.Accumulate)
        {
            x = L.Add(L.Load(c), x);
            if (N.Value > 1) y = L.Add(L.Load(c + L.Count), y);
        }

        L.Store(c, x);
        if (N.Value > 1) L.Store(c + L.Count, y);
    }
}
