using FunctionalStack.Neural;
using Xunit;

namespace FunctionalStack.Gpu.Tests;

public class DeviceTests
{
    private static readonly IReadOnlyList<Device> Listed = Device.List();

    [Fact]
    public void Every_kind_is_listed_and_what_cannot_be_used_says_why()
    {
        Assert.Equal(["cuda", "opencl", "ilgpu-cpu"], Listed.Select(device => device.Kind).Distinct());
        Assert.Equal(Listed.Count, Listed.Select(device => device.Id).Distinct().Count());
        Assert.All(Listed, device => Assert.Equal(device.Available, device.Reason is null));
        Assert.True(Assert.Single(Listed, device => device.Kind == "ilgpu-cpu").Available);
    }

    [Fact]
    public void A_device_that_is_there_has_a_name_a_driver_memory_and_features_and_one_that_is_not_has_none()
    {
        Assert.All(Listed.Where(device => device.Kind is "cuda" or "opencl"), device =>
        {
            var there = device.Id != device.Kind;
            Assert.Equal((there, there, there, there),
                (device.Name.Length > 0, device.Driver is not null, device.MemoryBytes > 0, device.Features.Count > 0));
            if (there) Assert.Contains(device.Features[0], (string[])["gpu", "cpu", "accelerator"]);
        });
    }

    [Fact]
    public void The_host_is_always_there_and_says_how_wide_it_is()
    {
        Assert.Equal(("host", "host", true, null), (Device.Host.Id, Device.Host.Kind, Device.Host.Available, Device.Host.Reason));
        Assert.Contains($"{Neural.Host.HostBackend.Lanes} lanes", Device.Host.Features);
        using var opened = Device.Open("host", 3).OrThrow();
        Assert.Equal("host", opened.Id);
        Assert.EndsWith("3 threads", opened.Name);
    }

    [Fact]
    public void What_is_opened_says_what_it_is_and_computes()
    {
        foreach (var device in Listed.Where(device => device.Available))
        {
            using var backend = Device.Open(device.Id, 2).OrThrow();
            Assert.Equal(device.Id, backend.Id);
            using var compute = backend.Open(64);
            compute.Fill(new(0, 64), 3);
            var read = new float[64];
            compute.Read(new(0, 64), read);
            Assert.All(read, number => Assert.Equal(3, number));
        }
    }

    [Fact]
    public void Auto_opens_what_the_choice_says()
    {
        using var backend = Device.Open("auto", 1).OrThrow();
        Assert.Equal(DeviceChoice.Of(new(DeviceName.Auto), Precision.Fp32, Listed).OrThrow().Id, backend.Id);
    }

    [Theory]
    [InlineData("cuda:99")]
    [InlineData("opencl:99")]
    public void An_absent_device_is_a_failure_that_says_what_was_asked_why_not_and_what_is_there(string name)
    {
        var failure = FailureOf(Device.Open(name, 1));
        Assert.Equal(name, failure.Where);
        Assert.NotEmpty(failure.What);
        Assert.Contains("host", failure.Remedy, StringComparison.Ordinal);
        Assert.Contains("ilgpu-cpu", failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_throws_when_it_is_opened_is_a_failure()
    {
        var failure = FailureOf(Devices.Opened("cuda:0", () => throw new DllNotFoundException("no libcuda.\nNone at all.")));
        Assert.Equal(
            "cuda:0: it could not be opened: the driver or its compiler reported an error (no libcuda. None at all). Check its driver, or "
                + "compute on the host.", failure.ToString());
    }

    [Fact]
    public void No_threads_is_the_callers_fault() => Assert.Throws<ArgumentOutOfRangeException>(() => Device.Open("host", 0));

    private static Failure FailureOf(Outcome<IBackend> outcome) =>
        outcome.Match(_ => throw new InvalidOperationException("it opened"), failure => failure);
}
