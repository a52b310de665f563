namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    // So many of the kernel's rows at a time: 64 KiB of it at 128 units stay in the second-level cache while all examples pass by.
    private const int DenseDepth = 128;

    // To share few examples' work the inputs are cut into at most so many pieces, and the partial products added up in order.
    private const int DensePieces = 16;

    private const int DenseRows = 128;

    // From here on panels of the kernel pay: each is used by so many examples.
    private const int DensePanels = 256;

    public void Dense(int batch, Source x, Slice kernel, Slice? bias, Slice z, int units, BatchMoments? moments)
    {
        var reader = SourceReader<V, L>.Of(x, arena.Start);
        var inputs = x.Shape.Size;
        var read = reader.IsPlain ? 0 : batch * inputs;
        var pieces = batch >= DensePanels ? 1 : Math.Clamp(inputs / (3 * DenseDepth), 1, DensePieces);
        var product = batch >= DensePanels ? Gemm<V, L>.ScratchSize(pool.Threads, inputs, units) : (pieces - 1) * batch * units;
        var scratch = Scratch(checked(read + product));
        var from = Vectors(reader, batch, inputs, scratch);
        scratch += read;
        var blocks = (batch + DenseRows - 1) / DenseRows;
        if (batch >= DensePanels) Gemm<V, L>.Multiply(pool, batch, units, inputs, from, inputs, 1, At(kernel), units, At(z), units, scratch);
        else pool.Run(pieces * blocks, new DenseWork(batch, inputs, units, pieces, from, At(kernel), At(z), scratch));
        if (pieces > 1 || bias is not null)
        {
            pool.Run(blocks, new DenseSumWork(batch, units, pieces, bias is { } there ? At(there) : null, At(z), scratch));
        }

        if (moments is { } wanted) Moments(batch, z, Shape.Vector(units), wanted);
    }

    /// <summary>A batch's numbers as they are read, an example a row: where they lie, or in <paramref name="room"/>.</summary>
    private float* Vectors(SourceReader<V, L> reader, int batch, int size, float* room)
    {
        if (reader.IsPlain) return reader.Example(0);
        var group = Chunks.Rows(size);
        pool.Run((batch + group - 1) / group, new ReadWork(reader, batch, group, size, room));
        return room;
    }

    private readonly struct ReadWork(SourceReader<V, L> reader, int batch, int group, int size, float* to) : IWork
    {
        public void Do(int item, int worker) =>
            reader.ReadVectors(item * group, Math.Min(group, batch - item * group), to + (nint)item * group * size, size);
    }

    /// <summary>A block of examples by a piece of the inputs. The first piece's product goes to z, the others' to z's like in scratch memory.</summary>
    private readonly struct DenseWork(int batch, int inputs, int units, int pieces, float* x, float* kernel, float* z, float* partials) : IWork
    {
        public void Do(int item, int worker)
        {
            var (block, piece) = (item / pieces, item % pieces);
            var (from, to) = (block * DenseRows, Math.Min(batch, (block + 1) * DenseRows));
            var steps = (inputs + DenseDepth - 1) / DenseDepth;
            var (start, end) = ((int)((long)steps * piece / pieces) * DenseDepth, Math.Min(inputs, (int)((long)steps * (piece + 1) / pieces) * DenseDepth));
            var c = piece == 0 ? z : partials + (nint)(piece - 1) * batch * units;
            for (var k = start; k < end; k += DenseDepth)
            {
                var walk = new TileWalk
                {
                    Depth = Math.Min(DenseDepth, end - k),
                    Segments = 1,
                    ARow = inputs,
                    AThreeRows = 3 * (nint)inputs,
                    ADepth = 1,
                    BDepth = units,
                    CRow = units,
                    Accumulate = k > start,
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

    /// <summary>z += the other pieces' products, in order, + bias.</summary>
    private readonly struct DenseSumWork(int batch, int units, int pieces, float* bias, float* z, float* partials) : IWork
    {
        public void Do(int item, int worker)
        {
            for (var row = item * DenseRows; row < Math.Min(batch, (item + 1) * DenseRows); row++)
            {
                var unit = 0;
                for (; unit <= units - L.Count; unit += L.Count) Sum<V, L>(row, unit);
                for (; unit < units; unit++) Sum<float, Lanes32>(row, unit);
            }
        }

        private void Sum<W, M>(int row, int unit) where W : struct where M : struct, ILanes<W>
        {
            var at = (nint)row * units + unit;
            var sum = M.Load(z + at);
            for (var piece = 1; piece < pieces; piece++) sum = M.Add(sum, M.Load(partials + (nint)(piece - 1) * batch * units + at));
            M.Store(z + at, bias is null ? sum : M.Add(sum, M.Load(bias + unit)));
        }
    }
}
