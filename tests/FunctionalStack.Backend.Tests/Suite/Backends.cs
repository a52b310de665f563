using System.Runtime.Intrinsics;
using FunctionalStack.Gpu;
using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;
using FunctionalStack.Oracle;

namespace FunctionalStack.Backend.Tests;

/// <summary>A backend for the suite.</summary>
/// <param name="Name">Its name in the test's name.</param>
/// <param name="Open">Opens it with a number of threads; backends without own threads ignore it.</param>
/// <param name="Absent">The reason why it is not available here, with which its tests are skipped; null if it is available.</param>
internal sealed record TestBackend(string Name, Func<int, IBackend> Open, string? Absent = null);

/// <summary>The backends of the suite: one line each.</summary>
internal static class Backends
{
    public static IReadOnlyList<TestBackend> Devices { get; } = [.. OfDevices()];

    public static IReadOnlyList<TestBackend> All { get; } =
    [
        Host(lanes: 16, Vector512.IsHardwareAccelerated),
        Host(lanes: 8, Vector256.IsHardwareAccelerated),
        Host(lanes: 4, Vector128.IsHardwareAccelerated),
        .. Devices,
    ];

    /// <summary>Devices that compute products in TensorFloat-32, and an emulation of their tiles on a processor.</summary>
    public static IReadOnlyList<TestBackend> Tf32 { get; } = [.. OfTensorCores()];

    /// <summary>The reference implementation; the laws are tested on it too.</summary>
    public static TestBackend Oracle { get; } = new("oracle", _ => new OracleBackend());

    /// <summary>Opens the backend with this name.</summary>
    public static IBackend Open(string name, int threads = 1) =>
        All.Concat(Tf32).Append(Oracle).Single(backend => backend.Name == name).Open(threads);

    private static IEnumerable<TestBackend> OfDevices()
    {
        foreach (var device in Device.List())
        {
            var shared = new SharedBackend(() => Device.Open(device.Id, Environment.ProcessorCount).OrThrow());
            yield return new(device.Id, _ => shared.Open(), device.Available ? null : device.Reason);

            // A GPU's kernels on an OpenCL driver for the processor, with OpenCL's barriers and shared memory.
            if (device is not { Kind: "opencl", Available: true }) continue;
            var lockstep = new SharedBackend(() => ((GpuBackend)Device.Open(device.Id, Environment.ProcessorCount).OrThrow()).InLockstep());
            yield return new(device.Id + ", lockstep", _ => lockstep.Open());
        }
    }

    private static IEnumerable<TestBackend> OfTensorCores()
    {
        foreach (var device in Device.List().Where(device => device.Kind is "cuda" or "opencl"))
        {
            var shared = new SharedBackend(() => device.Kind == "cuda"
                ? Device.Open(device.Id, 1, Precision.Tf32).OrThrow()
                : ((GpuBackend)Device.Open(device.Id, Environment.ProcessorCount).OrThrow()).InLockstep(Precision.Tf32));
            var absent = !device.Available
                ? device.Reason : device.Kind == "cuda" && !device.Features.Contains("tf32") ? "it has no tensor cores" : null;
            yield return new(device.Id + ", tf32", _ => shared.Open(), absent);
        }
    }

    private static TestBackend Host(int lanes, bool present) =>
        new($"host, {lanes} lanes", threads => new HostBackend(threads, lanes),
            present ? null : $"This processor has no registers of {lanes} lanes.");
}
