using System.Reflection;
using System.Runtime.CompilerServices;
using FunctionalStack.Neural;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using Xunit;

namespace FunctionalStack.Gpu.Tests;

public class DeviceErrorsTests
{
    [Theory]
    [InlineData(CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE, DeviceFault.OutOfMemory, "out of memory")]
    [InlineData(CLError.CL_INVALID_BUFFER_SIZE, DeviceFault.OutOfMemory, "out of memory")]
    [InlineData(CLError.CL_OUT_OF_RESOURCES, DeviceFault.OutOfMemory, "out of memory")]
    [InlineData(CLError.CL_DEVICE_NOT_AVAILABLE, DeviceFault.Lost, "the device is lost")]
    [InlineData(CLError.CL_BUILD_PROGRAM_FAILURE, DeviceFault.Other, "the driver or its compiler reported an error")]
    public void OpenCLs_errors_are_translated_by_their_codes(CLError error, DeviceFault fault, string what)
    {
        var thrown = new CLException(error);
        var predicted = DeviceErrors.Translate(thrown, "opencl:0");
        Assert.Equal(("opencl:0", fault, $"opencl:0: {what} ({error})"), (predicted.Device, predicted.Fault, predicted.Message));
        Assert.Same(thrown, predicted.InnerException);
    }

    [Theory]
    [InlineData(CudaError.CUDA_ERROR_OUT_OF_MEMORY, DeviceFault.OutOfMemory, "out of memory")]
    [InlineData(CudaError.CUDA_ERROR_ILLEGAL_ADDRESS, DeviceFault.Lost, "the device is lost")]
    [InlineData(CudaError.CUDA_ERROR_ECC_UNCORRECTABLE, DeviceFault.Lost, "the device is lost")]
    [InlineData(CudaError.CUDA_ERROR_INVALID_PTX, DeviceFault.Other, "the driver or its compiler reported an error")]
    public void CUDAs_errors_are_translated_by_their_codes(CudaError error, DeviceFault fault, string what)
    {
        var predicted = DeviceErrors.Translate(Thrown(error), "cuda:0");
        Assert.Equal((fault, $"cuda:0: {what} ({error})"), (predicted.Fault, predicted.Message));
    }

    [Fact]
    public void What_is_wrapped_is_unwrapped_and_what_is_translated_stays()
    {
        var full = new CLException(CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE);
        Assert.Equal(DeviceFault.OutOfMemory,
            DeviceErrors.Translate(new AggregateException(new TargetInvocationException(full)), "opencl:0").Fault);
        Assert.Equal(DeviceFault.OutOfMemory, DeviceErrors.Translate(new TypeInitializationException("Kernels", full), "opencl:0").Fault);
        Assert.Equal(DeviceFault.OutOfMemory, DeviceErrors.Translate(new OutOfMemoryException(), "ilgpu-cpu").Fault);
        var translated = new DeviceException("cuda:1", DeviceFault.Lost, "gone");
        Assert.Same(translated, DeviceErrors.Translate(translated, "cuda:0"));
    }

    // Made by its constructor it would ask the driver for words.
    private static CudaException Thrown(CudaError error)
    {
        var thrown = (CudaException)RuntimeHelpers.GetUninitializedObject(typeof(CudaException));
        typeof(CudaException)
            .GetField("<Error>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(thrown, $"{error}");
        return thrown;
    }
}
