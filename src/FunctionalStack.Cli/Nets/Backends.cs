using System.CommandLine;
using FunctionalStack.Cli.Commands;
using FunctionalStack.Cli.Options;
using FunctionalStack.Cli.Output;
using FunctionalStack.Gpu;
using FunctionalStack.Neural;

namespace FunctionalStack.Cli.Nets;

/// <summary>The backend options of the command line. As in <see cref="Common"/>, there is one instance of each option.</summary>
internal static class Backends
{
    private const string Auto = "auto";

    public static Option<string> Backend { get; } = Named();

    public static Option<string?> Precision { get; } =
        Common.Among("--precision", "The precision of matrix products: fp32 (default), or tf32 on devices that support it.", "fp32",
            "tf32");

    /// <summary>Runs the work on a backend and disposes it. A device failure becomes a failed outcome.</summary>
    public static Outcome<T> On<T>(IBackend opened, bool hasBatch, Func<IBackend, Outcome<T>> work)
    {
        try
        {
            using var backend = opened;
            return work(backend);
        }
        catch (DeviceException failed)
        {
            return Outcome.Fail<T>(failed.Device, failed.What,
                failed.Fault == DeviceFault.OutOfMemory && hasBatch
                ? "Give a smaller --batch, or --backend host." : "Give --backend host, or see 'fstack devices'.");
        }
    }

    /// <summary>Opens the requested backend. The caller disposes it. A note names the one that <c>auto</c> selects.</summary>
    internal static Outcome<IBackend> Open(ParseResult parsed, Terminal terminal)
    {
        var asked = parsed.GetRequiredValue(Backend);
        return Device.Open(asked, parsed.GetValue(Common.Threads),
            parsed.GetValue(Precision) == "tf32" ? Gpu.Precision.Tf32 : Gpu.Precision.Fp32).At(Backend.Name).Map(opened =>
        {
            if (asked == Auto) terminal.Note($"note: {Backend.Name} {Auto} selects {opened.Id} ({opened.Name})");
            return opened;
        });
    }

    private static Option<string> Named()
    {
        var option = new Option<string>("--backend")
        {
            Description =
                "The device to compute on. auto selects the first CUDA device, else the first OpenCL GPU, else the host.",
            HelpName = "auto|host|cuda[:N]|opencl[:N]|ilgpu-cpu",
            DefaultValueFactory = _ => Auto,
        };
        option.CompletionSources.Add(Auto, "host", "cuda", "opencl", "ilgpu-cpu");
        return option;
    }
}

/// <summary>The backend requested by a command line. It is opened after all other checks.</summary>
internal sealed record BackendRequest(ParseResult Parsed, Terminal Terminal)
{
    /// <summary>Opens the backend, runs the work and disposes the backend. Fails if there is no such device, or if the device
    /// fails.</summary>
    public Outcome<T> On<T>(Func<IBackend, Outcome<T>> work) => Backends.Open(Parsed, Terminal).Bind(opened =>
        Backends.On(opened, hasBatch: Parsed.CommandResult.Command.Options.Any(option => option.Name == "--batch"), work));
}
