using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.OpenCL;

namespace FunctionalStack.Gpu.Launching;

/// <summary>How the items and groups of kernels are assigned to the threads of a device.</summary>
internal interface IThreading
{
    /// <summary>The threading of a device.</summary>
    static IThreading Of(Accelerator accelerator) => accelerator switch
    {
        CPUAccelerator => new Chunks(),
        CLAccelerator { DeviceType: CLDeviceType.CL_DEVICE_TYPE_CPU } => new Loops(),
        _ => new Lockstep(),
    };

    /// <summary>Whether threads of a group run in lockstep, so that barriers and shared memory are cheap: convolutions and dense layers
    /// then use tiles.</summary>
    bool IsLockstep { get; }

    /// <summary>The number of threads of a group of a kernel with barriers.</summary>
    int GroupSize { get; }

    /// <summary>Pixels per item of a kernel over pixels. A processor keeps the values of their channels in registers; a GPU has enough
    /// threads.</summary>
    int PixelsAnItem { get; }

    /// <summary>Whether the device's compiler keeps sixteen values in registers.</summary>
    bool KeepsSixteen { get; }

    /// <summary>Launches a kernel without barriers for items 0 to <paramref name="items"/> - 1.</summary>
    void Each<T>(Launcher launcher, T body, int items) where T : struct, IEach;
}
