using System.Runtime.InteropServices;
using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;

namespace FunctionalStack.Gpu;

/// <summary>A compute device, or the reason why it cannot be used.</summary>
/// <param name="Id">The id for selecting it: <c>host</c>, <c>cuda:0</c>, <c>opencl:0</c>, <c>ilgpu-cpu</c>.</param>
/// <param name="Kind"><c>host</c>, <c>cuda</c>, <c>opencl</c> or <c>ilgpu-cpu</c>.</param>
/// <param name="Name">The vendor's name of the device; empty if there is no such device.</param>
/// <param name="MemoryBytes">Device memory in bytes; null if it is the host's.</param>
/// <param name="Available">Whether kernels can run on it.</param>
/// <param name="Reason">Why it is not available; null if it is.</param>
/// <param name="Driver">The version of its driver; null if it has none.</param>
/// <param name="Features">Properties and capabilities as short strings: <c>gpu</c> or <c>cpu</c>, <c>tf32</c>, <c>float64</c>, <c>compute
/// capability 9.0</c>, ...</param>
public sealed record Device(string Id, string Kind, string Name, long? MemoryBytes, bool Available, string? Reason, string? Driver = null,
    EquatableArray<string> Features = default)
{
    /// <summary>The feature of a GPU or accelerator, as opposed to a driver for the machine's own processor.</summary>
    internal const string Gpu = "gpu";

    /// <summary>The feature of the machine's own processor.</summary>
    internal const string Cpu = "cpu";

    /// <summary>The feature of tensor cores that support <see cref="Precision.Tf32"/>.</summary>
    internal const string Tf32 = "tf32";

    /// <summary>This machine's processor with the library's own SIMD code: always available, without a driver.</summary>
    public static Device Host { get; } = new(
        "host", "host",
        $"{RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processor{(Environment.ProcessorCount == 1 ? "" : "s")}",
        null, true, null,
        Features: [Cpu, $"SIMD of {HostBackend.Lanes * 32} bits", $"{HostBackend.Lanes} lanes"]);

    /// <summary>
    /// Every CUDA and OpenCL device, an entry with the reason for each of these kinds without a device, and ILGPU's CPU
    /// accelerator, which is always available. <see cref="Host"/> is not included.
    /// </summary>
    public static IReadOnlyList<Device> List() => Devices.List();

    /// <summary>Opens a device for training and inference. Dispose it after the arenas that it opened.</summary>
    /// <param name="name">
    /// <c>auto</c>, <c>host</c>, <c>cuda</c>, <c>cuda:N</c>, <c>opencl</c>, <c>opencl:N</c> or <c>ilgpu-cpu</c>. A kind without
    /// an index is its first GPU, or its first device if it has no GPU. <c>auto</c> is the first CUDA device, or the first OpenCL GPU,
    /// or the host; the backend's <see cref="IBackend.Id"/> names the device that was chosen.
    /// </param>
    /// <param name="threads">The number of threads on the machine's own processor; at least 1.</param>
    /// <param name="precision">The precision of matrix products.</param>
    /// <returns>Fails if there is no such device, if it cannot be used or opened, or if it does not support the precision. The failure
    /// gives the reason and the available devices.</returns>
    public static Outcome<IBackend> Open(string name, int threads, Precision precision = Precision.Fp32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return from asked in DeviceName.Parse(name)
               from device in DeviceChoice.Of(asked, precision, asked.IsHost ? [] : List())
               from opened in device == Host ? Outcome.Ok<IBackend>(new HostBackend(threads)) : Devices.Open(device, threads, precision)
               select opened;
    }
}
