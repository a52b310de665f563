using System.Diagnostics;
using Xunit;

namespace FunctionalStack.Cli.Tests;

/// <summary>Runs the tool as a separate process, to be signalled or killed.</summary>
internal static class ToolProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static Process Start(Fstack tool, string line, params (string Name, string Value)[] environment)
    {
        var start =
            new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet"
                ? host : "dotnet")
            { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "fstack.dll"));
        foreach (var word in tool.Words(line)) start.ArgumentList.Add(word);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Starts the tool by a shell, with this redirection.</summary>
    public static Process StartWith(string redirection, Fstack tool, string line)
    {
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] words = ["-c", $"exec \"$@\" {redirection}", "sh", "dotnet", Path.Combine(AppContext.BaseDirectory, "fstack.dll")];
        foreach (var word in words.Concat(tool.Words(line))) start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }

    public static void Send(string signal, Process process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    public static Ran Finished(Process process)
    {
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill();
            Assert.Fail("the process did not end");
        }

        return new(process.ExitCode, output.Result, error.Result);
    }
}
