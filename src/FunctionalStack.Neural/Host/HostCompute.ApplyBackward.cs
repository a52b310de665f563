namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void ApplyBackward(int batch, Gradient dz, Slice to) =>
        ReadRows(GradientReader<V, L>.Of(batch, dz, arena.Start), batch, dz.Of.Shape.Size, At(to));

    /// <summary>Writes a batch of a gradient, one example per row.</summary>
    private void ReadRows(GradientReader<V, L> reader, int batch, int size, float* to)
    {
        var group = Chunks.Rows(size);
        pool.Run((batch + group - 1) / group, new ReadGradientWork(reader, to, size, batch, group));
    }

    private readonly struct ReadGradientWork(GradientReader<V, L> reader, float* to, int size, int batch, int group) : IWork
    {
        public void Do(int item, int worker) =>
            reader.ReadVectors(item * group, Math.Min(group, batch - item * group), to + (nint)item * group * size, size);
    }
}
