using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace FunctionalStack.Gpu;

/// <summary>Which devices this machine has.</summary>
public static class Devices
{
    private const string CpuId = "ilgpu-cpu";

    /// <summary>
    /// Every CUDA and OpenCL device, each kind that has none with the reason, and ILGPU's CPU accelerator, which is always there.
    /// </summary>
    public static IReadOnlyList<Device> List() =>
    [
        .. Found("cuda", builder => builder.Cuda(), "no NVIDIA driver or device was found"),
        .. Found("opencl", builder => builder.OpenCL(_ => true), "no OpenCL driver or device was found"),
        new(CpuId, CpuId, "ILGPU's CPU accelerator, a debugger of kernels", null, true, null),
    ];

    private static IReadOnlyList<Device> Found(string kind, Action<Context.Builder> enable, string none)
    {
        try
        {
            using var context = Context.Create(enable);
            var devices = context.Devices
                .Where(device => device.AcceleratorType is AcceleratorType.Cuda or AcceleratorType.OpenCL)
                .Select((device, i) => Describe($"{kind}:{i}", kind, device)).ToArray();
            return devices.Length > 0 ? devices : [new(kind, kind, "", null, false, none)];
        }
        // A broken driver shows itself in many ways; whichever it is, the other kinds can still be listed.
        catch (Exception exception)
        {
            return [new(kind, kind, "", null, false, $"{none} ({exception.Message.TrimEnd('.')})")];
        }
    }

    // ILGPU compiles OpenCL kernels with the generic address space and refuses devices that lack it.
    private static Device Describe(string id, string kind, ILGPU.Runtime.Device device) => device is CLDevice { Capabilities.GenericAddressSpace: false }
        ? new(id, kind, device.Name, device.MemorySize, false, "the driver lacks OpenCL's generic address space")
        : new(id, kind, device.Name, device.MemorySize, true, null);
}
