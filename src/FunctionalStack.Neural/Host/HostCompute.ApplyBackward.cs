namespace FunctionalStack.Neural.Host;

internal sealed unsafe partial class HostCompute<V, L>
{
    public void ApplyBackward(int batch, Gradient dz, Slice to)
    {
        var group = Group(dz.Of.Shape);
        var work = new ApplyBackwardWork(GradientReader<V, L>.Of(batch, dz, arena.Start), At(to), dz.Of.Shape.Size, batch, group);
        pool.Run((batch + group - 1) / group, work);
    }

    private readonly struct ApplyBackwardWork(GradientReader<V, L> reader, float* to, int size, int batch, int group) : IWork
    {
        private readonly float* to = to;

        public void Do(int item, int worker)
        {
            var first = item * group;
            reader.ReadVectors(first, Math.Min(group, batch - first), to + (nint)first * size, size);
        }
    }
}
