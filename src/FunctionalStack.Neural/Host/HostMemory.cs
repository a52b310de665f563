using System.Runtime.InteropServices;

namespace FunctionalStack.Neural.Host;

/// <summary>Native memory of float32 values, zeroed, aligned to 256 bytes, with room for one vector past the end.</summary>
internal sealed unsafe class HostMemory : IDisposable
{
    private const int Slack = Slice.Alignment;

    private float* start;

    public HostMemory(int floats)
    {
        Length = floats;
        var bytes = (nuint)(floats + Slack) * sizeof(float);
        start = (float*)NativeMemory.AlignedAlloc(bytes, Slice.Alignment * sizeof(float));
        NativeMemory.Clear(start, bytes);
        GC.AddMemoryPressure((long)bytes);
    }

    ~HostMemory() => Free();

    public int Length { get; private set; }

    public float* Start => start;

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (start is null) return;
        NativeMemory.AlignedFree(start);
        GC.RemoveMemoryPressure((long)(Length + Slack) * sizeof(float));
        start = null;
    }
}
