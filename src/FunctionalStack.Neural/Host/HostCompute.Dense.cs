namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    private const int DenseRows = 128;

    // From this batch size on, packing the kernel into panels pays off: each panel is used by enough examples.
    private const int DensePanels = 256;

    /// <remarks>
    /// The sum over the inputs is split by their number alone, into Gemm's blocks, and the partial sums are added in order. So an
    /// example's result is bit-identical in a batch of any size.
    /// </remarks>
    public void Dense(int batch, Source x, Slice kernel, Slice? bias, Slice z, int units, BatchMoments? moments)
    {
        var reader = SourceReader<V, L>.Of(x, arena.Start);
        var inputs = x.Shape.Size;
        var read = reader.IsPlain ? 0 : batch * inputs;
        var (pieces, size) = (Gemm<V, L>.Blocks(inputs), batch * units);
        var product = batch >= DensePanels ? Gemm<V, L>.ScratchSize(pool.Threads, inputs, units) : pieces == 1 ? 0 : pieces * size;
        var scratch = Scratch(checked(read + product));
        var from = Vectors(reader, batch, inputs, scratch);
        scratch += read;
        if (batch >= DensePanels)
        {
            Gemm<V, L>.Multiply(pool, batch, units, inputs, from, inputs, 1, At(kernel), units, At(z), units, scratch);
        }
        else
        {
            // For few examples the work is split by blocks of the sum: a block of the kernel stays in the L2 cache while all examples
            // are multiplied with it.
            var blocks = (batch + DenseRows - 1) / DenseRows;
            pool.Run(pieces * blocks, new DenseWork(batch, inputs, units, pieces, from, At(kernel), pieces == 1 ? At(z) : scratch));
            if (pieces > 1) PartialSums<V, L>.Add(pool, scratch, pieces, size, At(z), size);
        }

        if (bias is { } there) AddToRows(At(there), batch, units, At(z));
        if (moments is { } wanted) Moments(z, batch, units, wanted);
    }

    /// <summary>A batch of a source, one example per row: in place, or copied to <paramref name="room"/>.</summary>
    private float* Vectors(SourceReader<V, L> reader, int batch, int size, float* room)
    {
        if (reader.IsPlain) return reader.Example(0);
        ReadRows(reader, batch, size, room);
        return room;
    }

    private static void AddToRows(float* bias, int rows, int columns, float* to)
    {
        for (var row = 0; row < rows; row++) Sum(columns, to + (nint)row * columns, bias, to + (nint)row * columns);
    }

    /// <summary>A block of examples times a block of the inputs; each block has its own product.</summary>
    private readonly struct DenseWork(int batch, int inputs, int units, int pieces, float* x, float* kernel, float* products) : IWork
    {
        public void Do(int item, int worker)
        {
            var (block, piece) = (item / pieces, item % pieces);
            var (from, to) = (block * DenseRows, Math.Min(batch, (block + 1) * DenseRows));
            var k = piece * Gemm<V, L>.DepthBlock;
            var c = products + (nint)piece * batch * units;
            var walk = new TileWalk
            {
                Depth = Math.Min(Gemm<V, L>.DepthBlock, inputs - k),
                Segments = 1,
                ARow = inputs,
                AThreeRows = 3 * (nint)inputs,
                ADepth = 1,
                BDepth = units,
                CRow = units,
            };
            for (var column = 0; column < units; column += Tile<V, L>.Columns)
            {
                for (int row = from, many; row < to; row += many)
                {
                    many = Tile<V, L>.NextRows(to - row);
                    Tile<V, L>.Multiply(
                        many, Math.Min(Tile<V, L>.Columns, units - column), walk,
                        x + (nint)row * inputs + k, kernel + (nint)k * units + column, c + (nint)row * units + column);
                }
            }
        }
    }
}
