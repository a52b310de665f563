using FunctionalStack.Neural.Host;

namespace FunctionalStack.Neural.Tests.Host;

/// <summary>A host arena for tests: arrays in sequence, each followed by NaN, so that reading past its end is detected.</summary>
internal sealed class Workbench : IDisposable
{
    /// <summary>Every vector width; a machine without the wider ones emulates them.</summary>
    public static readonly int[] Widths = [4, 8, 16];

    private const int Floats = 1 << 20;

    private readonly HostBackend backend;
    private int next;

    public Workbench(int threads = 1, int lanes = 8)
    {
        backend = new(threads, lanes);
        Compute = backend.Open(Floats);
        Compute.Fill(new(0, Floats), float.NaN);
    }

    public ICompute Compute { get; }

    public Slice Room(int length)
    {
        var slice = new Slice(next, length);
        next += Slice.Aligned(length + 1);
        return slice;
    }

    public Slice Put(params ReadOnlySpan<float> numbers)
    {
        var slice = Room(numbers.Length);
        Compute.Write(numbers, slice);
        return slice;
    }

    public float[] Get(Slice slice)
    {
        var numbers = new float[slice.Length];
        Compute.Read(slice, numbers);
        return numbers;
    }

    /// <summary>Whether the memory after the slice is unchanged.</summary>
    public bool IsClean(Slice slice) =>
        Get(new(slice.Offset + slice.Length, Slice.Aligned(slice.Length + 1) - slice.Length)).All(float.IsNaN);

    /// <summary>Values around 0, the same for the same seed.</summary>
    public static float[] Numbers(int seed, int count, double scale = 1)
    {
        var stream = Seed.Of(seed).Stream();
        return [.. Enumerable.Range(0, count).Select(_ => (float)(scale * stream.NextNormal()))];
    }

    public void Dispose()
    {
        Compute.Dispose();
        backend.Dispose();
    }
}
