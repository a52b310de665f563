using System.Runtime.InteropServices;
using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;

namespace FunctionalStack.Gpu;

/// <summary>A device that kernels can run on, or the reason why they can't.</summary>
/// <param name="Id">What it is asked for by: <c>host</c>, <c>cuda:0</c>, <c>opencl:0</c>, <c>ilgpu-cpu</c>.</param>
/// <param name="Kind"><c>host</c>, <c>cuda</c>, <c>opencl</c> or <c>ilgpu-cpu</c>.</param>
/// <param name="Name">The maker's name for it; empty where there is no such device.</param>
/// <param name="MemoryBytes">Device memory in bytes; null where it is the host's.</param>
/// <param name="Available">Whether kernels can run on it.</param>
/// <param name="Reason">Why not; null where they can.</param>
/// <param name="Driver">The version that its driver gives itself; null where it has none.</param>
/// <param name="Features">What it is and can do, a few words each: <c>gpu</c> or <c>cpu</c>, <c>tf32</c>, <c>float64</c>, <c>compute capability 9.0</c>, ...</param>
public sealed record Device(string Id, string Kind, string Name, long? MemoryBytes, bool Available, string? Reason, string? Driver = null, EquatableArray<string> Features = default)
{
    /// <summary>A processor for graphics or computing, rather than the machine's own behind a driver.</summary>
    internal const string Gpu = "gpu";

    /// <summary>The machine's own processor.</summary>
    internal const string Cpu = "cpu";

    /// <summary>Matrix units that take <see cref="Precision.Tf32"/>.</summary>
    internal const string Tf32 = "tf32";

    /// <summary>This machine's processor, by the library's own SIMD code: always there, and no driver needed.</summary>
    public static Device Host { get; } = new(
        "host", "host", $"{RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processor{(Environment.ProcessorCount == 1 ? "" : "s")}", null, true, null,
        Features: [Cpu, $"SIMD of {HostBackend.Lanes * 32} bits", $"{HostBackend.Lanes} lanes"]);

    /// <summary>
    /// Every CUDA and OpenCL device, each kind that has none with the reason, and ILGPU's CPU accelerator, which is always
    /// there. <see cref="Host"/> is not among them.
    /// </summary>
    public static IReadOnlyList<Device> List() => Devices.List();

    /// <summary>Opens a device for nets. Dispose it, after what it opened.</summary>
    /// <param name="name">
    /// <c>auto</c>, <c>host</c>, <c>cuda</c>, <c>cuda:N</c>, <c>opencl</c>, <c>opencl:N</c> or <c>ilgpu-cpu</c>; a kind
    /// without a number is its first GPU, else its first device. <c>auto</c> is the first CUDA device, else the first OpenCL device that is a
    /// GPU, else the host; the backend's <see cref="IBackend.Id"/> says which.
    /// </param>
    /// <param name="threads">The thread budget of what runs on the machine's own processor; at least 1.</param>
    /// <param name="precision">What matrix products are computed in.</param>
    /// <returns>Fails where there is no such device, it can't be used or does not open, or it has not the precision: with the reason, and what is there instead.</returns>
    public static Outcome<IBackend> Open(string name, int threads, Precision precision = Precision.Fp32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return from asked in DeviceName.Parse(name)
               from device in DeviceChoice.Of(asked, precision, asked.IsHost ? [] : List())
               from opened in device == Host ? Outcome.Ok<IBackend>(new HostBackend(threads)) : Devices.Open(device, threads, precision)
               select opened;
    }
}
