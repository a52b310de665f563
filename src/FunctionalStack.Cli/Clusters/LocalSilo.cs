using System.Diagnostics;
using System.Globalization;

namespace FunctionalStack.Cli.Clusters;

/// <summary>A silo in a process of its own, which ends when this process does: it reads its standard input until the end.</summary>
internal sealed class LocalSilo : IDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    private readonly Process process;

    public LocalSilo(int primary, string name, string[] plugins)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var word in (IEnumerable<string>)[.. Before, "cluster", "silo", "--primary",
            primary.ToString(CultureInfo.InvariantCulture), "--name", name, "--cores", "1", .. plugins.SelectMany(file =>
                new[] { "--plugin", Path.GetFullPath(file) })])
        {
            start.ArgumentList.Add(word);
        }

        process = Process.Start(start)!;
        // What it prints belongs to no result of this process.
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(patience)) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    // The tool runs as its own program, or as 'dotnet fstack.dll'.
    private static string Program =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "fstack" ? Environment.ProcessPath! : "dotnet";

    private static string[] Before => Program == "dotnet" ? [typeof(App).Assembly.Location] : [];
}
