namespace FunctionalStack.Gpu;

/// <summary>Which of a machine's devices is meant: a pure function of what is asked for and what is there.</summary>
internal static class DeviceChoice
{
    /// <summary>The device, which is available and has the precision.</summary>
    /// <param name="asked">What for.</param>
    /// <param name="precision">What it must be able to compute in.</param>
    /// <param name="devices">All that are there or, with a reason, not; the host is besides.</param>
    public static Outcome<Device> Of(DeviceName asked, Precision precision, IReadOnlyList<Device> devices)
    {
        var able = InOrder(asked, devices).Where(device => device.Available).ToArray();
        return able.FirstOrDefault(device => Has(device, precision)) is { } found ? Outcome.Ok(found)
            : able.Length > 0 ? Outcome.Fail<Device>($"{asked}", $"{string.Join(" and ", able.Select(device => device.Id))} can't compute in TensorFloat-32, which takes an NVIDIA GPU of compute capability 8.0 or later", $"Take fp32{Listed(", or one of those that can: ", devices.Where(device => device.Available && Has(device, precision)))}.")
            : Outcome.Fail<Device>($"{asked}", Absence(asked, devices), $"Take one of those that are there{Listed(": ", devices.Prepend(Device.Host).Where(device => device.Available))}.");
    }

    // The first that will do is taken.
    private static IEnumerable<Device> InOrder(DeviceName asked, IReadOnlyList<Device> devices) => asked switch
    {
        { Kind: DeviceName.Auto } => [.. OfKind(Devices.Cuda, devices), .. OfKind(Devices.OpenCL, devices).Where(device => device.Features.Contains(Device.Gpu)), Device.Host],
        { IsHost: true } => [Device.Host],
        { Index: not null } => devices.Where(device => device.Id == $"{asked}"),
        // A processor behind OpenCL may be listed before a GPU.
        _ => OfKind(asked.Kind, devices).OrderByDescending(device => device.Features.Contains(Device.Gpu)),
    };

    private static IEnumerable<Device> OfKind(string kind, IReadOnlyList<Device> devices) => devices.Where(device => device.Kind == kind);

    private static bool Has(Device device, Precision precision) => precision == Precision.Fp32 || device.Features.Contains(Device.Tf32);

    // Its own reason, or that of its kind where there is none of the kind, or that the number is too high.
    private static string Absence(DeviceName asked, IReadOnlyList<Device> devices)
    {
        var kind = OfKind(asked.Kind, devices).ToArray();
        return (InOrder(asked, devices).FirstOrDefault() ?? kind.FirstOrDefault(device => device.Id == device.Kind))?.Reason
            ?? (kind.Length > 0 ? $"the last {asked.Kind} device is {kind[^1].Id}" : $"there is no {asked.Kind} device");
    }

    private static string Listed(string before, IEnumerable<Device> devices) => string.Join(", ", devices.Select(device => device.Id)) is { Length: > 0 } ids ? before + ids : "";
}
