namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void NormalizationBackward(int batch, Gradient dy, NormalizationSums sums)
    {
        var group = Chunks.Rows(dy.Of.Shape.Size);
        var items = (batch + group - 1) / group;
        var reader = GradientReader<V, L>.Of(batch, dy, arena.Start);
        var partials = Scratch(items * reader.PartialSize);
        pool.Run(items, new NormalizationWork(reader, partials, batch, group));
        reader.MergeSums(partials, items, sums, arena.Start);
    }

    private readonly struct NormalizationWork(GradientReader<V, L> reader, float* partials, int batch, int group) : IWork
    {
        private readonly float* partials = partials;

        public void Do(int item, int worker)
        {
            var partial = partials + (nint)item * reader.PartialSize;
            new Span<float>(partial, reader.PartialSize).Clear();
            var first = item * group;
            reader.AddSums(first, Math.Min(group, batch - first), partial);
        }
    }
}
