using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FunctionalStack.Neural.Host;

/// <summary>
/// This machine's processor: managed SIMD code as wide as it has (AVX-512, AVX2, NEON), no native library. Results are
/// the same bits at any number of threads; between widths they differ in the last places.
/// </summary>
public sealed class HostBackend : IBackend
{
    private readonly WorkerPool pool;
    private readonly int lanes;

    /// <param name="threads">The thread budget, the caller's included; at least 1.</param>
    public HostBackend(int threads) : this(threads, Lanes)
    {
    }

    /// <summary>For tests: as on a machine with narrower registers.</summary>
    internal HostBackend(int threads, int lanes) => (pool, this.lanes) = (new(threads), lanes);

    /// <summary>Float32 numbers in one of this processor's registers.</summary>
    public static int Lanes => Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;

    public string Id => "host";

    public string Name => $"{RuntimeInformation.ProcessArchitecture}, {lanes} lanes, {pool.Threads} thread{(pool.Threads == 1 ? "" : "s")}";

    public ICompute Open(int floats)
    {
        // Asking the system for more than there is may end the process rather than fail.
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

    public void Dispose() => pool.Dispose();
}
