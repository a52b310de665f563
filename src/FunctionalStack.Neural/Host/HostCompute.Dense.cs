namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    // The kernel's block of so many rows stays in the first-level cache while all examples pass by.
    private const int DenseDepth = 64;

    // Few examples and many inputs: to share the work the inputs are cut, and the partial products added up in order.
    private const int DenseItems = 16;

    private const int DenseRows = 128;

    public void Dense(int batch, Source x, Slice kernel, Slice? bias, Slice z, int units, BatchMoments? moments)
    {
        var reader = SourceReader<V, L>.Of(x, arena.Start);
        var inputs = x.Shape.Size;
        var blocks = (batch + DenseRows - 1) / DenseRows;
        var pieces = Math.Clamp(inputs / (4 * DenseDepth), 1, Math.Max(1, DenseItems / blocks));
        var read = reader.IsPlain ? 0 : batch * inputs;
        var scratch = Scratch(checked(read + (pieces - 1) * batch * units));
        var from = Vectors(reader, batch, inputs, scratch);
        pool.Run(pieces * blocks, new DenseWork(batch, inputs, units, pieces, from, At(kernel), At(z), scratch + read));
        if (pieces > 1 || bias is not null)
        {
            pool.Run(blocks, new DenseSumWork(batch, units, pieces, bias is { } there ? At(there) : null, At(z), scratch + read));
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
