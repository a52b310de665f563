namespace FunctionalStack.Neural;

/// <summary>Finds batches that fit into a device's memory by trying, because drivers do not report free memory reliably.</summary>
internal static class Halving
{
    /// <summary>
    /// The result of <paramref name="open"/> for the first of batch, batch / 2, ..., 1 that fits into the device's memory. Only for
    /// results that do not depend on the batch.
    /// </summary>
    /// <exception cref="DeviceException">Not even one example fits, or another error occurred.</exception>
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
    /// Opens an arena whose batch must not be reduced, because the result depends on it. If the device has too little memory, the
    /// exception names a batch that fits.
    /// </summary>
    /// <param name="backend">The device.</param>
    /// <param name="batch">The requested batch.</param>
    /// <param name="floats">The size of the arena for a batch.</param>
    /// <exception cref="DeviceException">It does not fit, or another error occurred.</exception>
    public static ICompute OpenWhole(IBackend backend, int batch, Func<int, int> floats)
    {
        try
        {
            return backend.Open(floats(batch));
        }
        catch (DeviceException full) when (full.Fault == DeviceFault.OutOfMemory)
        {
            throw new DeviceException(full.Device, full.Fault,
                $"{full.What}: a training batch of {batch} needs {(long)floats(batch) * sizeof(float) >> 20} MiB; {Smaller()}", full);
        }

        string Smaller()
        {
            try
            {
                return batch > 1 ? $"a batch of {Largest(batch / 2, Tried)} fits" : "there is no smaller batch";
            }
            catch (DeviceException)
            {
                return "no batch fits, down to a single example";
            }
        }

        int Tried(int size)
        {
            backend.Open(floats(size)).Dispose();
            return size;
        }
    }
}
