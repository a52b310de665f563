namespace FunctionalStack.Neural.Host;

/// <summary>
/// The operations in managed SIMD code, one file per operation or two. This file has what they share: the arena, the worker
/// pool, and scratch memory that grows to the largest operation's size and is then reused.
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

    /// <summary>Scratch memory of at least <paramref name="size"/> elements with undefined content. It replaces the scratch memory of the
    /// last call.</summary>
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
