using System.Reflection;
using FunctionalStack.Neural;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace FunctionalStack.Gpu;

/// <summary>What drivers and ILGPU throw, as the one exception that the rest of the library knows.</summary>
internal static class DeviceErrors
{
    /// <summary>Says of which device it came, and whether memory ran out, the device is lost, or something else happened.</summary>
    public static DeviceException Translate(Exception exception, string deviceId) => exception switch
    {
        DeviceException translated => translated,
        AggregateException { InnerExceptions: [var only] } => Translate(only, deviceId),
        TypeInitializationException or TargetInvocationException when exception.InnerException is { } inner => Translate(inner, deviceId),
        CudaException cuda => Predicted(deviceId, OfCuda(cuda.Error), cuda.Error, cuda),
        CLException cl => Predicted(deviceId, OfOpenCL(cl.Error), $"{cl.Error}", cl),
        OutOfMemoryException => Predicted(deviceId, DeviceFault.OutOfMemory, exception.Message, exception),
        _ => Predicted(deviceId, DeviceFault.Other, exception.Message, exception),
    };

    // After those of the second kind a CUDA context answers every call by an error.
    private static DeviceFault OfCuda(string error) => error switch
    {
        nameof(CudaError.CUDA_ERROR_OUT_OF_MEMORY) => DeviceFault.OutOfMemory,
        nameof(CudaError.CUDA_ERROR_DEINITIALIZED) or nameof(CudaError.CUDA_ERROR_NO_DEVICE) or nameof(CudaError.CUDA_ERROR_INVALID_CONTEXT)
            or nameof(CudaError.CUDA_ERROR_ECC_UNCORRECTABLE) or nameof(CudaError.CUDA_ERROR_NVLINK_UNCORRECTABLE) or nameof(CudaError.CUDA_ERROR_ILLEGAL_ADDRESS)
            or nameof(CudaError.CUDA_ERROR_LAUNCH_TIMEOUT) or nameof(CudaError.CUDA_ERROR_CONTEXT_IS_DESTROYED) or nameof(CudaError.CUDA_ERROR_ASSERT)
            or nameof(CudaError.CUDA_ERROR_HARDWARE_STACK_ERROR) or nameof(CudaError.CUDA_ERROR_ILLEGAL_INSTRUCTION) or nameof(CudaError.CUDA_ERROR_MISALIGNED_ADDRESS)
            or nameof(CudaError.CUDA_ERROR_INVALID_ADDRESS_SPACE) or nameof(CudaError.CUDA_ERROR_INVALID_PC) or nameof(CudaError.CUDA_ERROR_LAUNCH_FAILED) => DeviceFault.Lost,
        _ => DeviceFault.Other,
    };

    // A buffer larger than the device ever gives at once is refused as a wrong size.
    private static DeviceFault OfOpenCL(CLError error) => error switch
    {
        CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE or CLError.CL_OUT_OF_RESOURCES or CLError.CL_OUT_OF_HOST_MEMORY or CLError.CL_INVALID_BUFFER_SIZE => DeviceFault.OutOfMemory,
        CLError.CL_DEVICE_NOT_AVAILABLE or CLError.CL_DEVICE_NOT_FOUND or CLError.CL_INVALID_DEVICE or CLError.CL_INVALID_CONTEXT or CLError.CL_INVALID_COMMAND_QUEUE => DeviceFault.Lost,
        _ => DeviceFault.Other,
    };

    // The drivers' codes are all that ILGPU's exceptions have to say.
    private static DeviceException Predicted(string deviceId, DeviceFault fault, string words, Exception exception)
    {
        var line = words.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        return new(deviceId, fault, fault switch
        {
            DeviceFault.OutOfMemory => $"out of memory ({line})",
            DeviceFault.Lost => $"the device is lost ({line})",
            _ => $"the driver or its compiler refused ({line})",
        }, exception);
    }
}
