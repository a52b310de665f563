using Xunit;

namespace FunctionalStack.Gpu.Tests;

public class DevicesTests
{
    [Fact]
    public void Every_kind_is_listed_and_what_cannot_be_used_says_why()
    {
        var devices = Devices.List();
        Assert.Equal(["cuda", "opencl", "ilgpu-cpu"], devices.Select(device => device.Kind).Distinct());
        Assert.Equal(devices.Count, devices.Select(device => device.Id).Distinct().Count());
        Assert.All(devices, device => Assert.Equal(device.Available, device.Reason is null));
        Assert.True(Assert.Single(devices, device => device.Kind == "ilgpu-cpu").Available);
    }

    [Fact]
    public void No_type_of_ILGPU_is_in_a_public_signature()
    {
        var named = typeof(Device).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods().SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)));
        Assert.DoesNotContain(named, type => type.Namespace?.StartsWith("ILGPU", StringComparison.Ordinal) == true);
    }
}
