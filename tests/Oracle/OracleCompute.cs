using FunctionalStack.Neural;

namespace FunctionalStack.Oracle;

/// <summary>
/// The executable definition of <see cref="ICompute"/>, over an arena of float64 values. Nothing in it is fast, and its rounding
/// is negligible when float32 results are compared with it or differences of it are taken.
/// </summary>
public sealed partial class OracleCompute(int floats) : ICompute
{
    private readonly double[] arena = new double[floats];

    /// <summary>The elements of a slice, for reading and writing.</summary>
    public Span<double> At(Slice slice) => arena.AsSpan(slice.Offset, slice.Length);

    public void Write(ReadOnlySpan<float> from, Slice to)
    {
        for (var i = 0; i < from.Length; i++) At(to)[i] = from[i];
    }

    public void Read(Slice from, Span<float> to)
    {
        for (var i = 0; i < from.Length; i++) to[i] = (float)At(from)[i];
    }

    public void Fill(Slice to, float value) => At(to).Fill(value);

    public void Dispose()
    {
    }
}
