using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FunctionalStack.Gpu.Tests.Kernels;

/// <summary>NVIDIA's assembler, where this machine has it: it alone knows how many registers there really are.</summary>
internal static partial class Ptxas
{
    private static readonly string? path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "ptxas.exe" : "ptxas")).FirstOrDefault(File.Exists);

    public static bool IsHere => path is not null;

    /// <summary>Registers and bytes spilled of a kernel; what the assembler complains of, where it refuses it.</summary>
    public static (bool Accepted, string Says) Assemble(Ptx kernel)
    {
        var folder = Directory.CreateTempSubdirectory("ptx");
        try
        {
            var (from, to) = (Path.Combine(folder.FullName, "kernel.ptx"), Path.Combine(folder.FullName, "kernel.cubin"));
            File.WriteAllText(from, kernel.Text);
            using var process =
                Process.Start(new ProcessStartInfo(path!, ["-arch=sm_80", "-v", from, "-o", to])
                {
                    RedirectStandardError = true,
                    RedirectStandardOutput = true
                })!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            process.WaitForExit();
            var all = output.Result + errors.Result;
            return process.ExitCode == 0
                ? (true, string.Join(", ", Figures().Matches(all).Select(match => match.Value))) : (false, all.Trim());
        }
        finally
        {
            folder.Delete(true);
        }
    }

    [GeneratedRegex(@"\d+ registers|\d+ bytes spill (stores|loads)")]
    private static partial Regex Figures();
}
