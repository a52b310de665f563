using FunctionalStack.Neural;
using FunctionalStack.Neural.Host;

namespace FunctionalStack.Cli.Nets;

/// <summary>Where nets are computed, by the names of the command line.</summary>
internal static class Backends
{
    public static IReadOnlyList<string> Names { get; } = ["auto", "host", "cuda", "opencl", "ilgpu-cpu"];

    /// <summary>The backend of that name; <c>auto</c> is the host. Dispose it.</summary>
    public static Outcome<IBackend> Open(string name, int threads) => name is "auto" or "host"
        ? Outcome.Ok<IBackend>(new HostBackend(threads))
        : Outcome.Fail<IBackend>("--backend", $"'{name}' is not in this version's list of backends: host", "Give host or auto; 'fstack devices' lists what this machine has.");
}
