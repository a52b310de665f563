using Xunit;

namespace FunctionalStack.Gpu.Tests;

public class DeviceNameTests
{
    [Theory]
    [InlineData("auto", "auto", null)]
    [InlineData("host", "host", null)]
    [InlineData("cuda", "cuda", null)]
    [InlineData("cuda:0", "cuda", 0)]
    [InlineData("cuda:12", "cuda", 12)]
    [InlineData("opencl", "opencl", null)]
    [InlineData("opencl:1", "opencl", 1)]
    [InlineData("ilgpu-cpu", "ilgpu-cpu", null)]
    public void A_name_is_a_kind_and_perhaps_a_number_and_reads_back_as_itself(string text, string kind, int? index)
    {
        var name = DeviceName.Parse(text).OrThrow();
        Assert.Equal(new DeviceName(kind, index), name);
        Assert.Equal(text, $"{name}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("tpu")]
    [InlineData("CUDA")]
    [InlineData("cuda:")]
    [InlineData("cuda:x")]
    [InlineData("cuda:-1")]
    [InlineData("cuda: 1")]
    [InlineData("cuda:1:2")]
    [InlineData("cuda:99999999999")]
    [InlineData("host:0")]
    [InlineData("auto:0")]
    [InlineData("ilgpu-cpu:0")]
    public void Anything_else_is_a_failure_that_says_what_may_be_asked_for(string text) => Assert.Equal(
        $"'{text}': is not a device name. Give auto, host, cuda, cuda:N, opencl, opencl:N or ilgpu-cpu.",
        DeviceName.Parse(text).Match(name => $"{name}", failure => $"{failure}"));
}
