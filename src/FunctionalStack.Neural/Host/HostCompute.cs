namespace FunctionalStack.Neural.Host;

/// <summary>
/// The op set in managed SIMD code. One file an operation or two; what they share is here: the arena, the pool, and
/// scratch memory that grows to what the largest operation wants and then stays.
/// </summary>
internal sealed unsafe partial class HostCompute<V, L>(WorkerPool pool, int floats) : ICompute
    where V : struct
    where L : struct, ILanes<V>
{
    private readonly WorkerPool pool = pool;
    private readonly HostMemory arena = new(floats);
    private HostMemory scratch = new(0);

    public void Write(ReadOnlySpan<float> from, Slice to) => from.CopyTo(Span(to));

    public void Read(Slice from, Span<float> to) => Span(from).CopyTo(to);

    public void Fill(Slice to, float value) => Span(to).Fill(value);

    public void Dispose()
    {
        arena.Dispose();
        scratch.Dispose();
    }

    private float* At(Slice slice) => arena.Start + slice.Offset;

    private Span<float> Span(Slice slice) => new(At(slice), slice.Length);

    /// <summary>Scratch memory of at least <paramref name="size"/> numbers, its content undefined; the last call's is gone.</summary>
    private float* Scratch(int size)
    {
        if (scratch.Length < size)
        {
            scratch.Dispose();
            scratch = new(size);
        }

        return scratch.Start;
    }
}
