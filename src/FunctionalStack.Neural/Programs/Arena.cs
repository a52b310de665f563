namespace FunctionalStack.Neural;

/// <summary>Hands out slices end to end while a program is laid out.</summary>
internal sealed class Arena
{
    private long length;

    /// <exception cref="DeviceException">More numbers than an arena can hold, on any device: a smaller batch may fit.</exception>
    public Slice Take(long floats)
    {
        var slice = length + floats + Slice.Alignment <= int.MaxValue
            ? new Slice((int)length, (int)floats)
            : throw new DeviceException("memory", DeviceFault.OutOfMemory,
                "the network's tensors need more than the 2^31 numbers that can be addressed");
        length += Slice.Aligned(slice.Length);
        return slice;
    }

    /// <summary>Room for so many examples of a shape.</summary>
    public Slice Take(int batch, Shape shape) => Take((long)batch * shape.Size);

    public int Length => (int)length;
}
