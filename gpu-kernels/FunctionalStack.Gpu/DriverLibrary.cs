using System.Runtime.InteropServices;

namespace FunctionalStack.Gpu;

/// <summary>The driver's shared library for a kind of device. It is installed with the driver, not with this library.</summary>
/// <param name="Name">The name that ILGPU loads.</param>
/// <param name="Versioned">The versioned name. Some systems have it without the link <paramref name="Name"/>.</param>
/// <param name="Package">The software that installs it, for messages.</param>
internal sealed record DriverLibrary(string Name, string Versioned, string Package)
{
    public static DriverLibrary Of(string kind) => kind == Devices.Cuda
        ? new(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so", "libcuda.so.1", "NVIDIA's driver")
        : new(OperatingSystem.IsWindows()
            ? "OpenCL.dll" : OperatingSystem.IsMacOS()
            ? "/System/Library/Frameworks/OpenCL.framework/OpenCL" : "libOpenCL.so", "libOpenCL.so.1", "an OpenCL driver and its loader");

    /// <summary>Why the library does not load; null if it does.</summary>
    public string? Absence => Loads(Name) ? null
        : Loads(Versioned) ? $"{Versioned} is installed, but not the link {Name} to it, which ILGPU loads"
        : $"no driver: {Name}, installed with {Package}, was not found";

    /// <summary>Whether a library of this name can be loaded.</summary>
    public static bool Loads(string name)
    {
        if (!NativeLibrary.TryLoad(name, out var handle)) return false;
        NativeLibrary.Free(handle);
        return true;
    }
}
