using Xunit;

namespace FunctionalStack.Neural.Tests.Compute;

public class DeviceExceptionTests
{
    [Theory]
    [InlineData(DeviceFault.OutOfMemory, "cuda:0: it is full. Take a smaller batch, or compute on the host.")]
    [InlineData(DeviceFault.Lost, "cuda:0: it is full. Check that the device is available and open it again, or compute on the host.")]
    [InlineData(DeviceFault.Other, "cuda:0: it is full. Compute on the host.")]
    public void As_a_failure_it_names_the_device_the_cause_and_a_remedy(DeviceFault fault, string predicted)
    {
        var thrown = new DeviceException("cuda:0", fault, "it is full");
        Assert.Equal(("cuda:0: it is full", predicted), (thrown.Message, thrown.Failure.ToString()));
    }
}
