namespace FunctionalStack.Gpu;

/// <summary>A device that kernels can run on, or the reason why they can't.</summary>
/// <param name="Id">What the command line calls it: <c>cuda:0</c>, <c>opencl:0</c>, <c>ilgpu-cpu</c>.</param>
/// <param name="Kind"><c>cuda</c>, <c>opencl</c> or <c>ilgpu-cpu</c>.</param>
/// <param name="Name">The maker's name for it; empty where there is no such device.</param>
/// <param name="MemoryBytes">Device memory in bytes; null where it is the host's.</param>
/// <param name="Available">Whether kernels can run on it.</param>
/// <param name="Reason">Why not; null where they can.</param>
public sealed record Device(string Id, string Kind, string Name, long? MemoryBytes, bool Available, string? Reason)
{
    public static IReadOnlyList<Device> List() => Devices.List();
    public static Outcome<FunctionalStack.Neural.IBackend> Open(string name, int threads)
    {
        if (name == "host") return Outcome.Ok<FunctionalStack.Neural.IBackend>(new FunctionalStack.Neural.Host.HostBackend(threads));
        var context = ILGPU.Context.Create(b => { b.Optimize(ILGPU.OptimizationLevel.O2); FunctionalStack.Gpu.Registers.Fused.FusedMultiplyAdd(b); if (name == "ilgpu-cpu") ILGPU.Runtime.CPU.CPUContextExtensions.CPU(b, new ILGPU.Runtime.CPU.CPUDevice(2, 1, threads)); else ILGPU.Runtime.OpenCL.CLContextExtensions.OpenCL(b); });
        return Outcome.Ok<FunctionalStack.Neural.IBackend>(new GpuBackend(name, context, context.Devices[0].CreateAccelerator(context), Precision.Fp32));
    }
}
