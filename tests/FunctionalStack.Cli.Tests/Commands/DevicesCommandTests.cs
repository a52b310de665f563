using System.Text.Json;
using FunctionalStack.Gpu;
using Xunit;

namespace FunctionalStack.Cli.Tests.Commands;

public class DevicesCommandTests
{
    [Fact]
    public void Json_lists_the_host_first_and_every_device_with_the_documented_fields()
    {
        using var fstack = new Fstack();
        var json = fstack.Done("devices --json").Json;
        Assert.Equal(["command", "devices"], json.Keys());
        Assert.Equal("devices", json.GetProperty("command").GetString());
        var devices = json.Items("devices");
        Assert.All(devices,
            device => Assert.Equal(["id", "kind", "name", "memoryBytes", "available", "reason", "driver", "features"], device.Keys()));
        Assert.Equal([Device.Host.Id, .. Device.List().Select(device => device.Id)],
            devices.Select(device => device.GetProperty("id").GetString()));
        Assert.All(devices,
            device =>
            Assert.Equal(device.GetProperty("available").GetBoolean(), device.GetProperty("reason").ValueKind == JsonValueKind.Null));
        Assert.Contains(devices[0].Texts("features"), feature => feature.StartsWith("SIMD of "));
    }

    [Fact]
    public void Text_has_one_row_per_device_with_the_reason_if_it_cannot_be_used()
    {
        using var fstack = new Fstack();
        var text = fstack.Done("devices").Output;
        Assert.All(Device.List().Prepend(Device.Host),
            device =>
            Assert.Matches($@"│ {device.Id} .*{System.Text.RegularExpressions.Regex.Escape(device.Reason ?? "available")} ", text));
    }
}
