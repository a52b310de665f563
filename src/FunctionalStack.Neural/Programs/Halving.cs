namespace FunctionalStack.Neural;

/// <summary>Batches that a device has the memory for, found by trying: what it has left, no driver says reliably.</summary>
internal static class Halving
{
    /// <summary>
    /// What <paramref name="open"/> makes of the first of batch, batch / 2, ..., 1 that the device has the memory for. Only
    /// for what comes out the same in any batch.
    /// </summary>
    /// <exception cref="DeviceException">Not even one example fits, or something else happened.</exception>
    public static T Largest<T>(int batch, Func<int, T> open)
    {
        for (var size = batch; ; size /= 2)
        {
            try
            {
                return open(size);
            }
            catch (DeviceException full) when (full.Fault == DeviceFault.OutOfMemory && size > 1)
            {
            }
        }
    }

    /// <summary>
    /// Opens what depends on its batch, and so is not opened for a smaller one: where the device has not the memory, the
    /// exception says which batch it would have it for.
    /// </summary>
    /// <param name="backend">Where.</param>
    /// <param name="batch">The one asked for.</param>
    /// <param name="floats">The arena that a batch takes.</param>
    /// <exception cref="DeviceException">It does not fit, or something else happened.</exception>
    public static ICompute OpenWhole(IBackend backend, int batch, Func<int, int> floats)
    {
        try
        {
            return backend.Open(floats(batch));
        }
        catch (DeviceException full) when (full.Fault == DeviceFault.OutOfMemory)
        {
            throw new DeviceException(full.Device, full.Fault, $"{full.What}: a training batch of {batch} takes {(long)floats(batch) * sizeof(float) >> 20} MiB; {Smaller()}", full);
        }

        string Smaller()
        {
            try
            {
                return batch > 1 ? $"one of {Largest(batch / 2, Tried)} fits" : "there is no smaller one";
            }
            catch (DeviceException)
            {
                return "none of those tried by halving fits, down to a single example";
            }
        }

        int Tried(int size)
        {
            backend.Open(floats(size)).Dispose();
            return size;
        }
    }
}
