namespace FunctionalStack.Gpu;

/// <summary>Selects a device: a pure function of the request and the available devices.</summary>
internal static class DeviceChoice
{
    /// <summary>The device, which is available and supports the precision.</summary>
    /// <param name="asked">The request.</param>
    /// <param name="precision">The precision that it must support.</param>
    /// <param name="devices">All devices, including unavailable ones with their reasons; the host is not included.</param>
    public static Outcome<Device> Of(DeviceName asked, Precision precision, IReadOnlyList<Device> devices)
    {
        var able = InOrder(asked, devices).Where(device => device.Available).ToArray();
        return able.FirstOrDefault(device => Has(device, precision)) is { } found ? Outcome.Ok(found)
            : able.Length > 0
            ? Outcome.Fail<Device>($"{asked}",
                $"{string.Join(" and ", able.Select(device => device.Id))} cannot compute in TensorFloat-32, which needs an NVIDIA GPU of "
                    + "compute capability 8.0 or later",
                "Use fp32"
                    + Listed(", or one of these devices: ", devices.Where(device => device.Available && Has(device, precision))) + ".")
            : Outcome.Fail<Device>($"{asked}", Absence(asked, devices),
                $"Use an available device{Listed(": ", devices.Prepend(Device.Host).Where(device => device.Available))}.");
    }

    // The first suitable device.
    private static IEnumerable<Device> InOrder(DeviceName asked, IReadOnlyList<Device> devices) => asked switch
    {
        { Kind: DeviceName.Auto } =>
            [.. OfKind(Devices.Cuda, devices), .. OfKind(Devices.OpenCL, devices).Where(device => device.Features.Contains(Device.Gpu)),
                Device.Host],
        { IsHost: true } => [Device.Host],
        { Index: not null } => devices.Where(device => device.Id == $"{asked}"),
        // An OpenCL driver for the processor may be listed before a GPU.
        _ => OfKind(asked.Kind, devices).OrderByDescending(device => device.Features.Contains(Device.Gpu)),
    };

    private static IEnumerable<Device> OfKind(string kind, IReadOnlyList<Device> devices) => devices.Where(device => device.Kind == kind);

    private static bool Has(Device device, Precision precision) => precision == Precision.Fp32 || device.Features.Contains(Device.Tf32);

    // Its own reason, or that of its kind if the kind has no device, or that the index is too high.
    private static string Absence(DeviceName asked, IReadOnlyList<Device> devices)
    {
        var kind = OfKind(asked.Kind, devices).ToArray();
        return (InOrder(asked, devices).FirstOrDefault() ?? kind.FirstOrDefault(device => device.Id == device.Kind))?.Reason
            ?? (kind.Length > 0 ? $"the last {asked.Kind} device is {kind[^1].Id}" : $"there is no {asked.Kind} device");
    }

    private static string Listed(string before, IEnumerable<Device> devices) =>
        string.Join(", ", devices.Select(device => device.Id)) is { Length: > 0 } ids ? before + ids : "";
}
