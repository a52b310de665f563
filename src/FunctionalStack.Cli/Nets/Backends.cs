using System.CommandLine;
using FunctionalStack.Cli.Commands;
using FunctionalStack.Cli.Output;
using FunctionalStack.Gpu;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Nets;

/// <summary>Where nets are computed, as the command line says. One instance of each option, as of <see cref="Common"/>'s.</summary>
internal static class Backends
{
    private const string Auto = "auto";

    public static Option<string> Backend { get; } = Named();

    public static Option<string?> Precision { get; } = Common.Among("--precision", "What matrix products are computed in: fp32 unless given, or tf32, where the device has it.", "fp32", "tf32");

    /// <summary>Works on a backend and disposes it; fails where the device does.</summary>
    public static Outcome<T> On<T>(IBackend opened, bool hasBatch, Func<IBackend, Outcome<T>> work)
    {
        try
        {
            using var backend = opened;
            return work(backend);
        }
        catch (DeviceException failed)
        {
            return Outcome.Fail<T>(failed.Device, failed.What, failed.Fault == DeviceFault.OutOfMemory && hasBatch ? "Give a smaller --batch, or --backend host." : "Give --backend host, or look at 'fstack devices'.");
        }
    }

    /// <summary>Opens the backend asked for, to be disposed; notes which one <c>auto</c> took.</summary>
    internal static Outcome<IBackend> Open(ParseResult parsed, Terminal terminal)
    {
        var asked = parsed.GetRequiredValue(Backend);
        return Device.Open(asked, parsed.GetValue(Common.Threads), parsed.GetValue(Precision) == "tf32" ? Gpu.Precision.Tf32 : Gpu.Precision.Fp32).At(Backend.Name).Map(opened =>
        {
            if (asked == Auto) terminal.Note($"note: {Backend.Name} {Auto} takes {opened.Id} ({opened.Name})");
            return opened;
        });
    }

    private static Option<string> Named()
    {
        var option = new Option<string>("--backend")
        {
            Description = "Where to compute; auto, unless given, takes the first CUDA device, else an OpenCL GPU, else the host.",
            HelpName = "auto|host|cuda[:N]|opencl[:N]|ilgpu-cpu",
            DefaultValueFactory = _ => Auto,
        };
        option.CompletionSources.Add(Auto, "host", "cuda", "opencl", "ilgpu-cpu");
        return option;
    }
}

/// <summary>The backend that a command line asks for, not yet opened: that comes after whatever else can be refused.</summary>
internal sealed record BackendRequest(ParseResult Parsed, Terminal Terminal)
{
    /// <summary>Opens it, works there and disposes it. Fails where there is none such, and where the device fails on the way.</summary>
    public Outcome<T> On<T>(Func<IBackend, Outcome<T>> work) => Backends.Open(Parsed, Terminal).Bind(opened =>
        Backends.On(opened, hasBatch: Parsed.CommandResult.Command.Options.Any(option => option.Name == "--batch"), work));
}
