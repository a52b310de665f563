using Xunit;

namespace FunctionalStack.Neural.Tests.Compute;

public class DeviceExceptionTests
{
    [Theory]
    [InlineData(DeviceFault.OutOfMemory, "cuda:0: it is full. Take a smaller batch, or compute on the host.")]
    [InlineData(DeviceFault.Lost, "cuda:0: it is full. See that it is still there, and open it anew; or compute on the host.")]
    [InlineData(DeviceFault.Other, "cuda:0: it is full. Compute on the host.")]
    public void As_a_failure_it_says_which_device_what_happened_and_how_to_mend_it(DeviceFault fault, string predicted)
    {
        var thrown = new DeviceException("cuda:0", fault, "it is full");
        Assert.Equal(("cuda:0: it is full", predicted), (thrown.Message, thrown.Failure.ToString()));
    }
}
