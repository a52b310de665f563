namespace FunctionalStack.Neural.Host;

/// <summary>
/// C = A · B over any sizes: B in panels, blocks of A copied beside, C's tiles in registers (Goto &amp; van de Geijn 2008).
/// The depth goes in blocks of a fixed size, so that threads change no bit.
/// </summary>
internal static unsafe class Gemm<V, L> where V : struct where L : struct, ILanes<V>
{
    // A panel's block is 32 KiB with 16 lanes and stays in the first-level cache while all of A's block passes by.
    public const int DepthBlock = 256;

    // Rows of a power of two apart would fall into one cache set.
    private const int Pitch = DepthBlock + 16;

    // About 100 rows: A's block is 110 KiB, in the second-level cache.
    private static int RowBlock => 96 / Tile<V, L>.Rows * Tile<V, L>.Rows;

    /// <summary>Numbers of scratch memory that a product takes.</summary>
    public static int ScratchSize(int threads, int depth, int columns) => checked(Panels<V, L>.Size(depth, columns) + threads * BlockSize);

    /// <summary>How many blocks a depth is cut into; their sums are added up in order.</summary>
    public static int Blocks(int depth) => (depth + DepthBlock - 1) / DepthBlock;

    private static int BlockSize => Math.Max(RowBlock * Pitch, DepthBlock * (RowBlock + 16));

    /// <param name="pool">Shares out panels, then blocks of rows.</param>
    /// <param name="rows">Of A and C.</param>
    /// <param name="columns">Of B and C.</param>
    /// <param name="depth">Columns of A, rows of B.</param>
    /// <param name="a">A's first number.</param>
    /// <param name="aRow">From a row of A to the next.</param>
    /// <param name="aDepth">From a column of A to the next; 1, or <paramref name="aRow"/> is.</param>
    /// <param name="b">B's first number; its columns are neighbours.</param>
    /// <param name="bRow">From a row of B to the next.</param>
    /// <param name="c">C's first number; overwritten.</param>
    /// <param name="cRow">From a row of C to the next.</param>
    /// <param name="scratch">At least <see cref="ScratchSize"/> numbers.</param>
    public static void Multiply(
        WorkerPool pool, int rows, int columns, int depth, float* a, nint aRow, nint aDepth, float* b, nint bRow, float* c, nint cRow, float* scratch)
    {
        var cuts = Blocks(depth);
        pool.Run(Panels<V, L>.Count(columns) * cuts, new PackWork(columns, depth, cuts, b, bRow, scratch));
        var blocks = (rows + RowBlock - 1) / RowBlock;
        pool.Run(blocks, new BlockWork(rows, columns, depth, blocks, a, aRow, aDepth, scratch, c, cRow, scratch + Panels<V, L>.Size(depth, columns)));
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
        int rows, int columns, int depth, int blocks, float* a, nint aRow, nint aDepth, float* panels, float* c, nint cRow, float* scratch) : IWork
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
            for (var line = 0; line < lines; line++) new ReadOnlySpan<float>(block + line * step, length).CopyTo(new(beside + line * pitch, length));
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
                    Tile<V, L>.Multiply(many, Math.Min(Tile<V, L>.Columns, columns - column), walk, beside + (row - from) * walk.ARow, b, c + row * cRow + column);
                }
            }
        }
    }
}
