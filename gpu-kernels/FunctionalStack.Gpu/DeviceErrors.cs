using System.Reflection;
using FunctionalStack.Neural;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace FunctionalStack.Gpu;

/// <summary>Translates exceptions of drivers and ILGPU to <see cref="DeviceException"/>.</summary>
internal static class DeviceErrors
{
    /// <summary>The exception with the device's id, and whether memory ran out, the device is lost, or another error occurred.</summary>
    public static DeviceException Translate(Exception exception, string deviceId) => exception switch
    {
        DeviceException translated => translated,
        AggregateException { InnerExceptions: [var only] } => Translate(only, deviceId),
        TypeInitializationException or TargetInvocationException when exception.InnerException is { } inner => Translate(inner, deviceId),
        CudaException cuda => Translated(deviceId, OfCuda(cuda.Error), cuda.Error, cuda),
        CLException cl => Translated(deviceId, OfOpenCL(cl.Error), $"{cl.Error}", cl),
        OutOfMemoryException => Translated(deviceId, DeviceFault.OutOfMemory, exception.Message, exception),
        _ => Translated(deviceId, DeviceFault.Other, exception.Message, exception),
    };

    // After errors of the second kind, a CUDA context fails every call.
    private static DeviceFault OfCuda(string error) => error switch
    {
        nameof(CudaError.CUDA_ERROR_OUT_OF_MEMORY) => DeviceFault.OutOfMemory,
        nameof(CudaError.CUDA_ERROR_DEINITIALIZED) or nameof(CudaError.CUDA_ERROR_NO_DEVICE) or nameof(CudaError.CUDA_ERROR_INVALID_CONTEXT)
            or nameof(CudaError.CUDA_ERROR_ECC_UNCORRECTABLE) or nameof(CudaError.CUDA_ERROR_NVLINK_UNCORRECTABLE) or nameof(
                CudaError.CUDA_ERROR_ILLEGAL_ADDRESS)
            or nameof(CudaError.CUDA_ERROR_LAUNCH_TIMEOUT) or nameof(CudaError.CUDA_ERROR_CONTEXT_IS_DESTROYED) or nameof(
                CudaError.CUDA_ERROR_ASSERT)
            or nameof(CudaError.CUDA_ERROR_HARDWARE_STACK_ERROR) or nameof(CudaError.CUDA_ERROR_ILLEGAL_INSTRUCTION) or nameof(
                CudaError.CUDA_ERROR_MISALIGNED_ADDRESS)
            or nameof(CudaError.CUDA_ERROR_INVALID_ADDRESS_SPACE) or nameof(CudaError.CUDA_ERROR_INVALID_PC) or nameof(
                CudaError.CUDA_ERROR_LAUNCH_FAILED) => DeviceFault.Lost,
        _ => DeviceFault.Other,
    };

    // OpenCL rejects a buffer above the device's maximum allocation as an invalid size.
    private static DeviceFault OfOpenCL(CLError error) => error switch
    {
        CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE or CLError.CL_OUT_OF_RESOURCES or CLError.CL_OUT_OF_HOST_MEMORY
            or CLError.CL_INVALID_BUFFER_SIZE => DeviceFault.OutOfMemory,
        CLError.CL_DEVICE_NOT_AVAILABLE or CLError.CL_DEVICE_NOT_FOUND or CLError.CL_INVALID_DEVICE
            or CLError.CL_INVALID_CONTEXT or CLError.CL_INVALID_COMMAND_QUEUE => DeviceFault.Lost,
        _ => DeviceFault.Other,
    };

    // ILGPU's exceptions carry the driver's error code and little else.
    private static DeviceException Translated(string deviceId, DeviceFault fault, string message, Exception exception)
    {
        var line = message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        return new(deviceId, fault, fault switch
        {
            DeviceFault.OutOfMemory => $"out of memory ({line})",
            DeviceFault.Lost => $"the device is lost ({line})",
            _ => $"the driver or its compiler reported an error ({line})",
        }, exception);
    }
}
