using System.Diagnostics;
using System.Globalization;

namespace FunctionalStack.Cli.Clusters;

/// <summary>A silo in a process of its own, which ends when this process does: it reads its standard input until the end. One that ends
/// before, since it was killed or another process took its port, is started again.</summary>
internal sealed class LocalSilo : IDisposable
{
    // One that never joins ends each time.
    private const int MostStarts = 20;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(500);

    private readonly object gate = new();
    private readonly ProcessStartInfo start;
    private readonly ManualResetEventSlim over = new();
    private readonly Thread keeping;
    private Process process;

    public LocalSilo(int primary, string name, string[] plugins)
    {
        start = new(Program) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var word in (IEnumerable<string>)[.. Before, "cluster", "silo", "--primary",
            primary.ToString(CultureInfo.InvariantCulture), "--name", name, "--cores", "1", .. plugins.SelectMany(file =>
                new[] { "--plugin", Path.GetFullPath(file) })])
        {
            start.ArgumentList.Add(word);
        }

        process = Begin();
        keeping = new(Keep) { IsBackground = true, Name = "silo" };
        keeping.Start();
    }

    public void Dispose()
    {
        lock (gate)
        {
            over.Set();
            process.StandardInput.Close();
        }

        if (!process.WaitForExit(patience)) process.Kill(entireProcessTree: true);
        keeping.Join();
        process.Dispose();
        over.Dispose();
    }

    private Process Begin()
    {
        var begun = Process.Start(start)!;
        // What it prints belongs to no result of this process.
        begun.OutputDataReceived += (_, _) => { };
        begun.BeginOutputReadLine();
        return begun;
    }

    private void Keep()
    {
        for (var starts = 1; starts < MostStarts; starts++)
        {
            process.WaitForExit();
            if (over.Wait(pause)) return;
            lock (gate)
            {
                if (over.IsSet) return;
                process.Dispose();
                process = Begin();
            }
        }
    }

    // The tool runs as its own program, or as 'dotnet fstack.dll'.
    private static string Program =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "fstack" ? Environment.ProcessPath! : "dotnet";

    private static string[] Before => Program == "dotnet" ? [typeof(App).Assembly.Location] : [];
}
