using System.Runtime.CompilerServices;

namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    // Kernel rows per item of dx. dx is written in runs of 576 bytes, and the products with a panel of examples (18 KiB with 16
    // lanes) fit in the L1 cache beside the panel.
    private const int InputBlock = 144;

    public void DenseBackward(int batch, Source x, Slice kernel, Gradient dz, Slice kernelGradient, Slice? biasGradient, InputGradient? dx)
    {
        var (inputs, units) = (x.Shape.Size, dz.Of.Shape.Size);
        var (reader, gradient) = (SourceReader<V, L>.Of(x, arena.Start), GradientReader<V, L>.Of(batch, dz, arena.Start));
        var (readX, readZ) = (reader.IsPlain ? 0 : batch * inputs, gradient.IsPlain ? 0 : batch * units);
        var panels = Panels<V, L>.Size(units, batch);
        var room = Scratch(checked(readX + readZ + Math.Max(panels, Gemm<V, L>.ScratchSize(pool.Threads, batch, units))));
        var from = Vectors(reader, batch, inputs, room);
        var up = Vectors(gradient, batch, units, room + readX);
        room += readX + readZ;

        // dW = x^T dz.
        Gemm<V, L>.Multiply(pool, inputs, units, batch, from, 1, inputs, up, units, At(kernelGradient), units, room);
        if (biasGradient is { } bias) PartialSums<V, L>.Add(pool, up, batch, units, At(bias), units);
        if (dx is not { } wanted) return;
        pool.Run(Panels<V, L>.Count(batch), new TransposeWork(batch, units, up, room));
        pool.Run((inputs + InputBlock - 1) / InputBlock, new InputGradientWork(batch, inputs, units, At(kernel), room, At(wanted.Data)));
        if (wanted.Sums is { } sums) NormalizationBackward(batch, new(wanted.Data, x), sums);
    }

    private float* Vectors(GradientReader<V, L> reader, int batch, int size, float* room)
    {
        if (reader.IsPlain) return reader.Upstream(0);
        ReadRows(reader, batch, size, room);
        return room;
    }

    private readonly struct TransposeWork(int batch, int units, float* dz, float* panels) : IWork
    {
        public void Do(int item, int worker) => Panels<V, L>.FillTransposed(panels, item, units, dz, units, batch);
    }

    /// <summary>
    /// dx^T = W · dz^T, so that the kernel, which exceeds the L2 cache, is read once and in its own layout. dz is transposed
    /// beforehand, and dx one block at a time.
    /// </summary>
    private readonly struct InputGradientWork(int batch, int inputs, int units, float* kernel, float* panels, float* dx) : IWork
    {
        [SkipLocalsInit]
        public void Do(int item, int worker)
        {
            var (from, to) = (item * InputBlock, Math.Min(inputs, (item + 1) * InputBlock));
            var walk = new TileWalk
            {
                Depth = units,
                Segments = 1,
                ARow = units,
                AThreeRows = 3 * (nint)units,
                ADepth = 1,
                BDepth = Tile<V, L>.Columns,
                CRow = Tile<V, L>.Columns,
            };
            var block = stackalloc float[InputBlock * Tile<V, L>.Columns];
            for (var panel = 0; panel < Panels<V, L>.Count(batch); panel++)
            {
                for (int row = from, many; row < to; row += many)
                {
                    many = Tile<V, L>.NextRows(to - row);
                    Tile<V, L>.Multiply(
                        many, Tile<V, L>.Columns, walk, kernel + (nint)row * units, Panels<V, L>.At(panels, panel, units),
                            block + (row - from) * walk.CRow);
                }

                var example = panel * Tile<V, L>.Columns;
                Transposition.Move(block, walk.CRow, to - from, Math.Min(Tile<V, L>.Columns, batch - example),
                    dx + (nint)example * inputs + from, inputs);
            }
        }
    }
}
