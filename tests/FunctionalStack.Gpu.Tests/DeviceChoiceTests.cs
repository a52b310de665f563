using Xunit;

namespace FunctionalStack.Gpu.Tests;

/// <summary>Machines that are not here, as lists of their devices.</summary>
public class DeviceChoiceTests
{
    private static readonly Device NoCuda = new("cuda", "cuda", "", null, false, "no driver");
    private static readonly Device NoOpenCL = new("opencl", "opencl", "", null, false, "no loader");
    private static readonly Device Ilgpu = new("ilgpu-cpu", "ilgpu-cpu", "a debugger", null, true, null, Features: ["cpu"]);
    private static readonly Device[] Bare = [NoCuda, NoOpenCL, Ilgpu];
    private static readonly Device[] PoCL = [NoCuda, CL(0, "cpu"), Ilgpu];
    private static readonly Device[] Radeon = [NoCuda, CL(0, "cpu"), CL(1, "gpu"), CL(2, "gpu"), Ilgpu];
    private static readonly Device[] OldRadeon =
        [NoCuda, CL(0, "gpu") with { Available = false, Reason = "it lacks the generic address space" }, Ilgpu];
    private static readonly Device[] Hopper = [Cuda(0, "tf32"), CL(0, "gpu"), Ilgpu];
    private static readonly Device[] TwoGenerations = [Cuda(0), Cuda(1, "tf32"), NoOpenCL, Ilgpu];

    public static TheoryData<string, Precision, string, string> Choices => new()
    {
        { "auto", Precision.Fp32, nameof(Bare), "host" },
        { "auto", Precision.Fp32, nameof(PoCL), "host" },
        { "auto", Precision.Fp32, nameof(Radeon), "opencl:1" },
        { "auto", Precision.Fp32, nameof(OldRadeon), "host" },
        { "auto", Precision.Fp32, nameof(Hopper), "cuda:0" },
        { "auto", Precision.Fp32, nameof(TwoGenerations), "cuda:0" },
        { "auto", Precision.Tf32, nameof(TwoGenerations), "cuda:1" },
        { "cuda", Precision.Fp32, nameof(TwoGenerations), "cuda:0" },
        { "cuda", Precision.Tf32, nameof(TwoGenerations), "cuda:1" },
        { "cuda:1", Precision.Fp32, nameof(TwoGenerations), "cuda:1" },
        { "host", Precision.Fp32, nameof(Hopper), "host" },
        { "opencl", Precision.Fp32, nameof(PoCL), "opencl:0" },
        { "opencl", Precision.Fp32, nameof(Radeon), "opencl:1" },
        { "opencl:2", Precision.Fp32, nameof(Radeon), "opencl:2" },
        { "ilgpu-cpu", Precision.Fp32, nameof(Hopper), "ilgpu-cpu" },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void The_first_that_will_do_is_taken(string asked, Precision precision, string machine, string taken) =>
        Assert.Equal(taken, Choose(asked, precision, machine).OrThrow().Id);

    private const string NoTensorFloat =
        "cannot compute in TensorFloat-32, which needs an NVIDIA GPU of compute capability 8.0 or later. Use fp32";

    public static TheoryData<string, Precision, string, string> Refusals => new()
    {
        { "cuda", Precision.Fp32, nameof(Bare), "cuda: no driver. Use an available device: host, ilgpu-cpu." },
        { "cuda:0", Precision.Fp32, nameof(Bare), "cuda:0: no driver. Use an available device: host, ilgpu-cpu." },
        { "opencl:1", Precision.Fp32, nameof(PoCL),
            "opencl:1: the last opencl device is opencl:0. Use an available device: host, opencl:0, ilgpu-cpu." },
        { "opencl", Precision.Fp32, nameof(OldRadeon),
            "opencl: it lacks the generic address space. Use an available device: host, ilgpu-cpu." },
        { "opencl:0", Precision.Fp32, nameof(OldRadeon),
            "opencl:0: it lacks the generic address space. Use an available device: host, ilgpu-cpu." },
        { "auto", Precision.Tf32, nameof(Bare), $"auto: host {NoTensorFloat}." },
        { "host", Precision.Tf32, nameof(Hopper), $"host: host {NoTensorFloat}, or one of these devices: cuda:0." },
        { "cuda:0", Precision.Tf32, nameof(TwoGenerations), $"cuda:0: cuda:0 {NoTensorFloat}, or one of these devices: cuda:1." },
        { "auto", Precision.Tf32, nameof(Radeon), $"auto: opencl:1 and opencl:2 and host {NoTensorFloat}." },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void What_cannot_be_had_says_why_and_what_can(string asked, Precision precision, string machine, string predicted) =>
        Assert.Equal(predicted, Choose(asked, precision, machine).Match(device => device.Id, failure => $"{failure}"));

    private static Outcome<Device> Choose(string asked, Precision precision, string machine) =>
        DeviceChoice.Of(DeviceName.Parse(asked).OrThrow(), precision, machine switch
        {
            nameof(Bare) => Bare,
            nameof(PoCL) => PoCL,
            nameof(Radeon) => Radeon,
            nameof(OldRadeon) => OldRadeon,
            nameof(Hopper) => Hopper,
            _ => TwoGenerations,
        });

    private static Device Cuda(int index, params string[] more) =>
        new($"cuda:{index}", "cuda", "a GPU", 1 << 30, true, null, "CUDA 13.0", ["gpu", .. more]);

    private static Device CL(int index, string type) =>
        new($"opencl:{index}", "opencl", "a device", 1 << 30, true, null, "6.0", [type, "generic address space"]);
}
