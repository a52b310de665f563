namespace FunctionalStack.Neural.Host;

/// <summary>
/// C = A · B for any sizes: B packed into panels, blocks of A copied, C's tiles in registers (Goto &amp; van de Geijn 2008).
/// The depth is split into blocks of a fixed size, so that the number of threads does not change the result.
/// </summary>
internal static unsafe class Gemm<V, L> where V : struct where L : struct, ILanes<V>
{
    // With 16 lanes a panel's block is 32 KiB and stays in the L1 cache while A's whole block is multiplied with it.
    public const int DepthBlock = 256;

    // Rows at a distance of a power of two would share one cache set.
    private const int Pitch = DepthBlock + 16;

    // About 100 rows: A's block is 110 KiB and stays in the L2 cache.
    private static int RowBlock => 96 / Tile<V, L>.Rows * Tile<V, L>.Rows;

    /// <summary>The scratch memory of a product in float32 values.</summary>
    public static int ScratchSize(int threads, int depth, int columns) => checked(Panels<V, L>.Size(depth, columns) + threads * BlockSize);

    /// <summary>The number of blocks that a depth is split into; their sums are added in order.</summary>
    public static int Blocks(int depth) => (depth + DepthBlock - 1) / DepthBlock;

    private static int BlockSize => Math.Max(RowBlock * Pitch, DepthBlock * (RowBlock + 16));

    /// <param name="pool">Distributes panels, then blocks of rows.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="a">A's first element.</param>
    /// <param name="aRow">Elements from one row of A to the next.</param>
    /// <param name="aDepth">Elements from one column of A to the next; either this or <paramref name="aRow"/> is 1.</param>
    /// <param name="b">B's first element; its columns are contiguous.</param>
    /// <param name="bRow">Elements from one row of B to the next.</param>
    /// <param name="c">C's first element; overwritten.</param>
    /// <param name="cRow">Elements from one row of C to the next.</param>
    /// <param name="scratch">At least <see cref="ScratchSize"/> elements.</param>
    public static void Multiply(
        WorkerPool pool, int rows, int columns, int depth, float* a, nint aRow, nint aDepth, float* b, nint bRow, float* c, nint cRow,
            float* scratch)
    {
        var cuts = Blocks(depth);
        pool.Run(Panels<V, L>.Count(columns) * cuts, new PackWork(columns, depth, cuts, b, bRow, scratch));
        var blocks = (rows + RowBlock - 1) / RowBlock;
        pool.Run(blocks,
            new BlockWork(rows, columns, depth, blocks, a, aRow, aDepth, scratch, c, cRow, scratch + Panels<V, L>.Size(depth, columns)));
    }

    private readonly struct PackWork(int columns, int depth, int cuts, float* b, nint bRow, float* panels) : IWork
    {
        public void Do(int item, int worker)
        {
            var (panel, from) = (item / cuts, item % cuts * DepthBlock);
            Panels<V, L>.Fill(panels, panel, depth, from, Math.Min(depth, from + DepthBlock), b, bRow, columns);
        }
    }

    private readonly struct BlockWork(
        int rows, int columns, int depth, int blocks, float* a, nint aRow, nint aDepth, float* panels, float* c, nint cRow, float* scratch)
            : IWork
    {
        public void Do(int item, int worker)
        {
            var (from, to) = ((int)((long)rows * item / blocks), (int)((long)rows * (item + 1) / blocks));
            var beside = scratch + (nint)worker * BlockSize;
            for (var k = 0; k < depth; k += DepthBlock)
            {
                var size = Math.Min(DepthBlock, depth - k);
                var walk = new TileWalk { Depth = size, Segments = 1, BDepth = Tile<V, L>.Columns, CRow = cRow, Accumulate = k > 0 };
                Copy(a + from * aRow + k * aDepth, to - from, size, beside, ref walk);
                Multiply(from, to, k, walk, beside);
            }
        }

        private void Copy(float* block, int height, int size, float* beside, ref TileWalk walk)
        {
            var (lines, length, step) = aDepth == 1 ? (height, size, aRow) : (size, height, aDepth);
            var pitch = aDepth == 1 ? Pitch : RowBlock + 16;
            for (var line = 0; line < lines; line++)
                new ReadOnlySpan<float>(block + line * step, length).CopyTo(new(beside + line * pitch, length));
            (walk.ARow, walk.ADepth) = aDepth == 1 ? (pitch, 1) : (1, pitch);
            walk.AThreeRows = 3 * walk.ARow;
        }

        private void Multiply(int from, int to, int k, in TileWalk walk, float* beside)
        {
            for (var panel = 0; panel < Panels<V, L>.Count(columns); panel++)
            {
                var column = panel * Tile<V, L>.Columns;
                var b = Panels<V, L>.At(panels, panel, depth) + (nint)k * Tile<V, L>.Columns;
                for (int row = from, many; row < to; row += many)
                {
                    many = Tile<V, L>.NextRows(to - row);
                    Tile<V, L>.Multiply(many, Math.Min(Tile<V, L>.Columns, columns - column), walk, beside + (row - from) * walk.ARow, b,
                        c + row * cRow + column);
                }
            }
        }
    }
}
