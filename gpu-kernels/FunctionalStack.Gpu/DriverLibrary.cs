using System.Runtime.InteropServices;

namespace FunctionalStack.Gpu;

/// <summary>The library that a kind of device is reached through: it comes with the driver, never with this one.</summary>
/// <param name="Name">As ILGPU loads it.</param>
/// <param name="Versioned">The name that some systems have alone, without the link that <paramref name="Name"/> is.</param>
/// <param name="Package">Where it comes from, for people.</param>
internal sealed record DriverLibrary(string Name, string Versioned, string Package)
{
    public static DriverLibrary Of(string kind) => kind == Devices.Cuda
        ? new(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so", "libcuda.so.1", "NVIDIA's driver")
        : new(OperatingSystem.IsWindows() ? "OpenCL.dll" : OperatingSystem.IsMacOS() ? "/System/Library/Frameworks/OpenCL.framework/OpenCL" : "libOpenCL.so", "libOpenCL.so.1", "an OpenCL driver and its loader");

    /// <summary>Why the library does not load; null where it does.</summary>
    public string? Absence => Loads(Name) ? null
        : Loads(Versioned) ? $"{Versioned} is there, but not the link {Name} to it that ILGPU loads"
        : $"no driver: {Name}, of {Package}, is not there";

    /// <summary>Whether a library of this name is there for the asking.</summary>
    public static bool Loads(string name)
    {
        if (!NativeLibrary.TryLoad(name, out var handle)) return false;
        NativeLibrary.Free(handle);
        return true;
    }
}
