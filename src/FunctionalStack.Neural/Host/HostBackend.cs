using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Neural.Host;

/// <summary>
/// The processor of this machine: managed SIMD code at its full width (AVX-512, AVX2, NEON) without a native library. Results
/// are bit-identical for any number of threads. Between vector widths they differ in the last digits.
/// </summary>
public sealed class HostBackend : IBackend
{
    private readonly WorkerPool pool;
    private readonly int lanes;

    /// <summary>Opens the backend.</summary>
    /// <param name="threads">The number of threads, including the caller's; at least 1.</param>
    public HostBackend(int threads) : this(threads, Lanes)
    {
    }

    /// <summary>For tests: as on a machine with narrower vectors.</summary>
    internal HostBackend(int threads, int lanes) => (pool, this.lanes) = (new(threads), lanes);

    /// <summary>The number of float32 lanes of this processor's widest vectors.</summary>
    public static int Lanes => Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;

    /// <inheritdoc/>
    public string Id => "host";

    /// <inheritdoc/>
    public string Name => $"{RuntimeInformation.ProcessArchitecture}, {lanes} lanes, {pool.Threads} thread{(pool.Threads == 1 ? "" : "s")}";

    /// <inheritdoc/>
    public ICompute Open(int floats)
    {
        // Allocating more memory than the machine has may kill the process instead of failing.
        var (asked, there) = ((long)floats * sizeof(float), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
        if (asked > there) throw new DeviceException(Id, DeviceFault.OutOfMemory,
            $"{asked >> 20} MiB are needed, but this machine has {there >> 20}");
        return lanes switch
        {
            16 => new HostCompute<Vector512<float>, Lanes512>(pool, floats),
            8 => new HostCompute<Vector256<float>, Lanes256>(pool, floats),
            _ => new HostCompute<Vector128<float>, Lanes128>(pool, floats),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => pool.Dispose();
}
