using System.Globalization;

namespace FunctionalStack.Gpu;

/// <summary>A parsed device name.</summary>
/// <param name="Kind"><c>auto</c> or a device's kind.</param>
/// <param name="Index">The index within its kind, from 0; null for the first suitable device.</param>
internal sealed record DeviceName(string Kind, int? Index = null)
{
    public const string Auto = "auto";

    private const string Forms = "Give auto, host, cuda, cuda:N, opencl, opencl:N or ilgpu-cpu.";

    public bool IsHost => Kind == Device.Host.Kind;

    public static Outcome<DeviceName> Parse(string text) => text.Split(':') switch
    {
        [Auto or "host" or Devices.Cuda or Devices.OpenCL or Devices.IlgpuCpu] => Outcome.Ok(new DeviceName(text)),
        [(Devices.Cuda or Devices.OpenCL) and var kind, var number] when int.TryParse(number, NumberStyles.None,
            CultureInfo.InvariantCulture, out var index) => Outcome.Ok(new DeviceName(kind, index)),
        _ => Outcome.Fail<DeviceName>($"'{text}'", "is not a device name", Forms),
    };

    public override string ToString() => Index is { } index ? $"{Kind}:{index}" : Kind;
}
