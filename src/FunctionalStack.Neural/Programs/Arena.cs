namespace FunctionalStack.Neural;

/// <summary>Allocates contiguous slices while a program is compiled.</summary>
internal sealed class Arena
{
    private long length;

    /// <exception cref="DeviceException">More elements than an arena of any device can hold; a smaller batch may fit.</exception>
    public Slice Take(long floats)
    {
        var slice = length + floats + Slice.Alignment <= int.MaxValue
            ? new Slice((int)length, (int)floats)
            : throw new DeviceException("memory", DeviceFault.OutOfMemory,
                "the network's tensors need more than the 2^31 elements that can be addressed");
        length += Slice.Aligned(slice.Length);
        return slice;
    }

    /// <summary>A slice for <paramref name="batch"/> examples of a shape.</summary>
    public Slice Take(int batch, Shape shape) => Take((long)batch * shape.Size);

    public int Length => (int)length;
}
