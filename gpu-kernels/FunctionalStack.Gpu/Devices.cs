using FunctionalStack.Gpu.Registers;
using FunctionalStack.Neural;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace FunctionalStack.Gpu;

/// <summary>Finds and opens this machine's devices.</summary>
internal static class Devices
{
    public const string Cuda = "cuda";
    public const string OpenCL = "opencl";
    public const string IlgpuCpu = "ilgpu-cpu";

    // Warps need at least two threads.
    private const int ThreadsAWarp = 2;

    /// <inheritdoc cref="Device.List"/>
    public static IReadOnlyList<Device> List() =>
    [
        .. Found(Cuda),
        .. Found(OpenCL),
        new(IlgpuCpu, IlgpuCpu, "ILGPU's CPU accelerator, for debugging kernels", null, true, null, Features: [Device.Cpu, "float64"]),
    ];

    /// <summary>Opens a listed device. Exceptions of the driver become failures.</summary>
    /// <param name="device">An available device.</param>
    /// <param name="threads">The number of threads of ILGPU's CPU accelerator.</param>
    /// <param name="precision">A precision that it supports.</param>
    public static Outcome<IBackend> Open(Device device, int threads, Precision precision) =>
        Opened(device.Id, () => Create(device, threads, precision));

    /// <summary>For tests: the outcome of an attempt to open a device.</summary>
    internal static Outcome<IBackend> Opened(string id, Func<IBackend> open)
    {
        try
        {
            return Outcome.Ok(open());
        }
        // A broken driver may throw any exception.
        catch (Exception exception)
        {
            var thrown = DeviceErrors.Translate(exception, id);
            return Outcome.Fail<IBackend>(id, $"it could not be opened: {thrown.What}", "Check its driver, or compute on the host.");
        }
    }

    private static GpuBackend Create(Device device, int threads, Precision precision)
    {
        var context = Context.Create(builder => Enable(builder.Optimize(OptimizationLevel.O2).KernelIntrinsics(), device.Kind, threads));
        Accelerator? accelerator = null;
        try
        {
            accelerator = Of(device.Kind, context).Single(found => found.Id == device.Id).Device.CreateAccelerator(context);
            return new(device.Id, context, accelerator, precision);
        }
        catch
        {
            accelerator?.Dispose();
            context.Dispose();
            throw;
        }
    }

    private static IReadOnlyList<Device> Found(string kind)
    {
        var none = DriverLibrary.Of(kind).Absence ?? "the driver is installed, but has no device";
        try
        {
            using var context = Context.Create(builder => Enable(builder, kind, 1));
            Device[] devices = [.. Of(kind, context).Select(found => Describe(found.Id, kind, found.Device))];
            return devices.Length > 0 ? devices : [new(kind, kind, "", null, false, none)];
        }
        // A broken driver may throw any exception; the other kinds can still be listed.
        catch (Exception exception)
        {
            return [new(kind, kind, "", null, false, $"{none} ({exception.Message.TrimEnd('.')})")];
        }
    }

    private static Context.Builder Enable(Context.Builder builder, string kind, int threads) => kind switch
    {
        Cuda => builder.Cuda(),
        // Including devices that ILGPU does not accept, so that they can be listed with the reason.
        OpenCL => builder.OpenCL(_ => true),
        _ => builder.CPU(new CPUDevice(ThreadsAWarp, 1, threads)),
    };

    // A context always includes a CPU accelerator.
    private static IEnumerable<(string Id, ILGPU.Runtime.Device Device)> Of(string kind, Context context) => kind == IlgpuCpu
        ? context.Devices.Where(device => device.AcceleratorType == AcceleratorType.CPU).Take(1).Select(device => (kind, device))
        : context.Devices.Where(device => device.AcceleratorType == (kind == Cuda ? AcceleratorType.Cuda : AcceleratorType.OpenCL))
        .Select((device, i) => ($"{kind}:{i}", device));

    // ILGPU compiles OpenCL kernels for the generic address space and rejects devices without it.
    private static Device Describe(string id, string kind, ILGPU.Runtime.Device device)
    {
        var reason = device is CLDevice { Capabilities.GenericAddressSpace: false }
            ? "the driver lacks OpenCL's generic address space, which ILGPU's kernels need" : null;
        return new(id, kind, device.Name, device.MemorySize, reason is null, reason, DriverOf(device), [.. Features(device)]);
    }

    private static string? DriverOf(ILGPU.Runtime.Device device) => device switch
    {
        CudaDevice cuda => $"CUDA {cuda.DriverVersion.Major}.{cuda.DriverVersion.Minor}",
        CLDevice cl =>
            $"{cl.PlatformName} {CLAPI.CurrentAPI.GetDeviceInfo(cl.DeviceId, CLDeviceInfoType.CL_DRIVER_VERSION)}, {cl.DeviceVersion}",
        _ => null,
    };

    private static IEnumerable<string> Features(ILGPU.Runtime.Device device) =>
    [
        .. device switch
        {
            CudaDevice { Architecture: { } architecture } =>
                [Device.Gpu, $"compute capability {architecture.Major}.{architecture.Minor}",
                    .. architecture.Major >= 8 ? [Device.Tf32] : Array.Empty<string>(), .. OfLibrary(), "float64"],
            CudaDevice => [Device.Gpu, .. OfLibrary(), "float64"],
            CLDevice cl => OfCL(cl),
            _ => Array.Empty<string>(),
        },
        // An OpenCL driver for the processor has none.
        .. device.WarpSize > 0 ? [$"warps of {device.WarpSize}"] : Array.Empty<string>(),
        $"{device.MaxNumThreadsPerGroup} threads a group", $"{device.MaxSharedMemoryPerGroup >> 10} KiB shared a group",
    ];

    private static string[] OfLibrary() => CuBlasLibrary.IsThere ? ["cuBLAS 12"] : [];

    private static string[] OfCL(CLDevice device) =>
    [
        device.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_GPU)
            ? Device.Gpu : device.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_CPU) ? Device.Cpu : "accelerator",
        .. new (bool Has, string Name)[]
        {
            (device.Capabilities.GenericAddressSpace, "generic address space"),
            (device.Capabilities.Float64, "float64"),
            (device.Capabilities.Float16, "float16"),
            (device.Capabilities.SubGroups, "subgroups"),
        }.Where(feature => feature.Has).Select(feature => feature.Name),
    ];
}
